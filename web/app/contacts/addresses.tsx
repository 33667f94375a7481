import { Fragment } from 'react'
import type { Contact } from '#/api/types'

/** All addresses of a contact in a line. Each keeps its own direction: a plus stays before its number. */
export function Addresses({ of }: { of: Pick<Contact, 'identities'> }) {
  return of.identities.map((identity, index) => (
    <Fragment key={identity.id}>
      {index > 0 && ', '}
      <bdi>{identity.address}</bdi>
    </Fragment>
  ))
}
