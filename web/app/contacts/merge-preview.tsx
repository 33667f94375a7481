import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { duplicates } from '#/api/people-records'
import { useAccounts, useAgentName } from '#/api/queries'
import type { Contact } from '#/api/types'
import { fieldName } from '#/contacts/history-words'
import { errorText } from '#/inbox/actions'
import { t } from '#/text/text'
import { Failed, Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Addresses } from './addresses'
import { nameOf } from './duplicates'
import { knownBy } from './identities'
import { useMerge } from './use-merge'

interface MergePreviewProps {
  a: Contact
  b: Contact
  onClose: () => void
}

/** What two contacts become: who stays can be chosen, and each value says whose it is. */
export function MergePreviewDialog({ a, b, onClose }: MergePreviewProps) {
  const [kept, setKept] = useState(a.id)
  const [stays, goes] = kept === a.id ? [a, b] : [b, a]
  const preview = useQuery({
    // Not among the contacts, which are read anew when the two are one: then there is nothing to preview.
    queryKey: ['merge-preview', stays.id, goes.id],
    gcTime: 0,
    queryFn: () => duplicates.preview(stays.id, goes.id),
  })
  const { merge } = useMerge(stays.id)
  const accounts = useAccounts()
  return (
    <Dialog open onClose={onClose} title={t('duplicates.preview', { a: nameOf(a), b: nameOf(b) })}>
      <div className="flex flex-col gap-4">
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 font-medium text-sm">{t('duplicates.stays')}</legend>
          {[a, b].map((one) => (
            <label key={one.id} className="flex min-h-8 items-center gap-2.5">
              <input
                type="radio"
                name="stays"
                className="size-4 shrink-0 accent-accent"
                autoFocus={one.id === a.id}
                checked={kept === one.id}
                onChange={() => setKept(one.id)}
              />
              <span className="min-w-0 truncate">
                <bdi>{nameOf(one)}</bdi> <bdi className="text-muted text-sm">{knownBy(one, accounts)}</bdi>
              </span>
            </label>
          ))}
        </fieldset>
        {preview.isError ? (
          <Failed onRetry={() => void preview.refetch()} />
        ) : preview.data ? (
          <Becomes contact={preview.data.contact} given={preview.data.given} from={nameOf(goes)} />
        ) : (
          <Skeleton rows={2} height="h-8" />
        )}
        <p className="text-pretty text-muted text-sm">{t('merge.help')}</p>
        {merge.isError && (
          <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger">
            {errorText(merge.error)}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            tone="primary"
            busy={merge.isPending}
            disabled={!preview.data}
            onClick={() => merge.mutate(goes, { onSuccess: onClose })}
          >
            {t('merge.merge')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

interface BecomesProps {
  contact: Contact
  given: string[]
  from: string
}

function Becomes({ contact, given, from }: BecomesProps) {
  const agentName = useAgentName()
  const rows: [string, string][] = [
    ['name', contact.name],
    ['owner_id', agentName(contact.owner_id) ?? ''],
    ['language', contact.language],
    ...Object.entries(contact.fields).map(([name, value]): [string, string] => [
      `fields.${name}`,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ]
  return (
    <section aria-label={t('duplicates.becomes')} className="flex flex-col gap-1.5 rounded-lg bg-hover p-3">
      <h3 className="font-medium text-sm">{t('duplicates.becomes')}</h3>
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
        {rows
          .filter(([, value]) => value)
          .map(([field, value]) => (
            <div key={field} className="contents">
              <dt className="truncate text-muted">{fieldName(field)}</dt>
              <dd className="min-w-0 [overflow-wrap:anywhere]">
                <bdi>{value}</bdi>
                {given.includes(field) && (
                  <span className="text-muted"> {t('duplicates.given', { name: from })}</span>
                )}
              </dd>
            </div>
          ))}
        <dt className="truncate text-muted">{t('contact.identities')}</dt>
        <dd className="[overflow-wrap:anywhere]">
          <Addresses of={contact} />
        </dd>
      </dl>
    </section>
  )
}
