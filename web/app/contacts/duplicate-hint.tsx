import { useQuery } from '@tanstack/react-query'
import { duplicates } from '#/api/people-records'
import type { Contact } from '#/api/types'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { useSettled } from '#/ui/settled'
import { nameOf, whyOf } from './duplicates'

interface DuplicateHintProps {
  name?: string
  scope: string
  address: string
  /** Whom not to hint at: the contact that is being changed. */
  except?: string
  onOpen: (contact: Contact) => void
  /** Offered where there is a contact already that the other one can become part of. */
  onMerge?: (contact: Contact) => void
}

/** A hint while somebody types: who has this address or this name already. */
export function DuplicateHint({ name, scope, address, except, onOpen, onMerge }: DuplicateHintProps) {
  const asked = { name: useSettled(name?.trim()), scope, address: useSettled(address.trim()), except }
  const worth = asked.address.length > 4 || (asked.name?.includes(' ') ?? false)
  const found = useQuery({
    queryKey: ['contacts', 'duplicates-of', asked],
    queryFn: () => duplicates.check(asked),
    enabled: worth,
    placeholderData: (old) => old,
  }).data
  if (!worth || !found?.length) return null
  return (
    <ul className="flex flex-col gap-1 rounded-lg bg-warn-soft p-2.5" aria-live="polite">
      {found.slice(0, 3).map((one) => (
        <li
          key={one.contact.id}
          data-testid="duplicate-hint"
          className="flex flex-wrap items-center gap-2 text-sm"
        >
          <span className="min-w-40 flex-1 text-pretty">
            {t('duplicates.known', { name: nameOf(one.contact) })}
            <span className="text-muted"> · {whyOf({ ...one, signs: [] })}</span>
          </span>
          <Button small onClick={() => onOpen(one.contact)}>
            {t('duplicates.openIt')}
          </Button>
          {onMerge && (
            <Button small onClick={() => onMerge(one.contact)}>
              {t('duplicates.addTo')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
