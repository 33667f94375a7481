import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { contacts } from '#/api/records'
import { t } from '#/text/text'

interface PersonProps {
  contact: string
  name: string | undefined
  conversation: string | null
}

/** The person of a record, linked to the conversation it came from, else to their page. Taken by the name, a card moves, not its link. */
export function Person({ contact, name, conversation }: PersonProps) {
  const found = useQuery({
    queryKey: ['contacts', contact],
    queryFn: () => contacts.get(contact),
    enabled: !name && contact !== '',
    staleTime: 60_000,
  }).data
  const shown = name || found?.name || t('contact.nameless')
  const look =
    'inline-flex min-h-6 max-w-full items-center truncate font-medium hover:text-accent hover:underline'
  return conversation ? (
    <Link
      to="/inbox/$id"
      params={{ id: conversation }}
      search={{ view: 'all', status: 'any' }}
      draggable={false}
      className={look}
    >
      <bdi className="truncate">{shown}</bdi>
    </Link>
  ) : (
    <Link to="/contacts/$id" params={{ id: contact }} draggable={false} className={look}>
      <bdi className="truncate">{shown}</bdi>
    </Link>
  )
}

/** Whose something is, in a table: a long name is cut at its end in every language. */
export function OwnerName({ name }: { name: string }) {
  return (
    <span dir="auto" className="block truncate">
      {name || '—'}
    </span>
  )
}
