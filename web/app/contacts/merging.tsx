import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ContactMerge, type DuplicateContact, merges } from '#/api/merges'
import type { Contact } from '#/api/types'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Avatar } from '#/ui/bits'
import { Button } from '#/ui/button'
import { MergeDialog } from './merge-dialog'
import { useMerge } from './use-merge'

interface ContactMergingProps {
  contact: Contact
  /** Shows what the two would become. */
  onMerge: (other: Contact) => void
}

/** Who may be the same person, who became part of this one, and the way to both. */
export function ContactMerging({ contact, onMerge }: ContactMergingProps) {
  const [choosing, setChoosing] = useState(false)
  const { unmerge } = useMerge(contact.id)
  const found = useQuery({
    queryKey: ['contacts', contact.id, 'duplicates'],
    queryFn: () => merges.duplicates(contact.id),
  }).data
  const past = useQuery({
    queryKey: ['contacts', contact.id, 'merges'],
    queryFn: () => merges.list(contact.id),
  }).data
  return (
    <section className="flex flex-col gap-2">
      <header className="flex min-h-8 items-center justify-between gap-3">
        <h2 className="font-medium text-muted text-sm">
          {found?.length ? t('merge.duplicates') : t('merge.title')}
        </h2>
        <Button small onClick={() => setChoosing(true)}>
          {t('merge.choose')}
        </Button>
      </header>
      <ul className="overflow-hidden rounded-lg border border-line empty:hidden">
        {found?.map((one) => (
          <Line key={one.contact.id} name={one.contact.name} note={reason(one)}>
            <Button small onClick={() => onMerge(one.contact)}>
              {t('merge.merge')}
            </Button>
          </Line>
        ))}
        {past?.map((one) => (
          <Line key={one.id} name={one.gone_name} note={history(one)}>
            <Button small busy={unmerge.isPending} onClick={() => unmerge.mutate(one.id)}>
              {t('merge.separate')}
            </Button>
          </Line>
        ))}
      </ul>
      {choosing && <MergeDialog contact={contact} onClose={() => setChoosing(false)} onPick={onMerge} />}
    </section>
  )
}

function reason(one: DuplicateContact): string {
  const shared = one.addresses.map((item) => item.address).join(', ')
  return shared ? t('merge.sameAddress', { address: shared }) : t('merge.sameName')
}

function history(one: ContactMerge): string {
  const time = fullTime(one.at)
  return one.by_name ? t('merge.by', { name: one.by_name, time }) : t('merge.at', { time })
}

interface LineProps {
  name: string
  note: string
  children: React.ReactNode
}

function Line({ name, note, children }: LineProps) {
  const shown = name || t('contact.nameless')
  return (
    <li className="flex min-h-14 items-center gap-3 border-line px-3 py-2 not-first:border-t">
      <Avatar name={shown} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span dir="auto" className="truncate font-medium">
          {shown}
        </span>
        <span dir="auto" className="truncate text-muted text-sm" title={note}>
          {note}
        </span>
      </span>
      {children}
    </li>
  )
}
