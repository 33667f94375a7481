import { Fragment } from 'react'
import { useAccounts } from '#/api/queries'
import type { Contact } from '#/api/types'
import { addressesOf } from './identities'

/** All addresses of a contact in a line. Each keeps its own direction: a plus stays before its number. */
export function Addresses({ of }: { of: Pick<Contact, 'identities'> }) {
  const accounts = useAccounts()
  return addressesOf(of, accounts).map((address, index) => (
    <Fragment key={address}>
      {index > 0 && ', '}
      <bdi>{address}</bdi>
    </Fragment>
  ))
}
