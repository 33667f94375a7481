import { useQuery } from '@tanstack/react-query'
import { accounts as api } from '#/api/records'
import type { Account } from '#/api/types'
import { Icon } from '#/ui/icons'
import { missed } from './missed'

/** What came into a mailbox and opened nothing, although a setting would have it do so. */
export function MissedHint({ account }: { account: Account }) {
  const log = useQuery({
    queryKey: ['accounts', account.id, 'latest-received'],
    queryFn: () => api.latestReceived(account.id),
    staleTime: 60_000,
  }).data
  const hint = missed(log ?? [], account.updated_at)
  if (!hint) return null
  return (
    <p role="note" className="flex items-start gap-1.5 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
      <Icon name="alert" className="mt-0.5 size-4!" />
      <span dir="auto" className="min-w-0 text-pretty [overflow-wrap:anywhere]">
        {hint}
      </span>
    </p>
  )
}
