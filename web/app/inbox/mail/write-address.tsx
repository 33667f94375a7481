import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { contacts } from '#/api/records'
import type { Account } from '#/api/types'
import { t } from '#/text/text'
import { Input } from '#/ui/field'
import { useWriting } from './write-store'
import { writing } from './writing'

/** Whom to, with people who have such an address to choose from while one types. */
export function Address({ account, error }: { account: Account; error: string | undefined }) {
  const phone = account.writes_to === 'phone'
  const { letter } = useWriting(writing)
  const list = useId()
  const typed = letter.address.trim()
  const found = useQuery({
    queryKey: ['contacts', 'first', typed],
    queryFn: () => contacts.list({ q: typed, limit: 10 }),
    enabled: typed.length > 1,
    staleTime: 30_000,
  })
  const people = (found.data?.items ?? []).flatMap((contact) =>
    (contact.identities ?? [])
      .filter((identity) => identity.scope === account.writes_to)
      .map((identity) => ({ name: contact.name, address: identity.address })),
  )
  return (
    <>
      <Input
        label={phone ? t('write.first.phone') : t('write.first.address')}
        help={t('write.first.toHelp')}
        error={error}
        required
        autoFocus={typed === ''}
        autoComplete="off"
        inputMode={phone ? 'tel' : 'text'}
        list={list}
        value={letter.address}
        onChange={(event) => writing.edit({ address: event.target.value })}
      />
      <datalist id={list}>
        {people.map((person) => (
          <option key={person.address} value={person.address}>
            {person.name}
          </option>
        ))}
      </datalist>
    </>
  )
}
