import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { quarantine as api } from '#/api/quarantine'
import { useAccounts } from '#/api/queries'
import type { ReceivedEvent } from '#/api/types'
import { t } from '#/text/text'
import { Empty, Failed, More, Skeleton } from '#/ui/bits'
import { Icon } from '#/ui/icons'
import { Group } from '../parts'
import { QuarantineItem } from './item'
import { outcomeText } from './outcome'

/** What arrived and was not understood: kept as it came until somebody decides. */
export function QuarantineSection() {
  const queries = useQueryClient()
  const accounts = useAccounts()
  const [result, setResult] = useState<ReceivedEvent[] | null>(null)
  const list = useInfiniteQuery({
    queryKey: ['quarantine'],
    queryFn: ({ pageParam }) => api.list(pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  })
  const leave = useMutation({
    mutationFn: (run: () => Promise<ReceivedEvent[] | null>) => run(),
    onSuccess: (events) => {
      setResult(events)
      void queries.invalidateQueries({ queryKey: ['quarantine'] })
      void queries.invalidateQueries({ queryKey: ['accounts'] })
    },
  })
  const items = (list.data?.pages ?? []).flatMap((page) => page.items)

  return (
    <Group help={t('quarantine.help')}>
      {result && <Result events={result} />}
      {list.isError && <Failed onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={2} />}
      {list.data && items.length === 0 && (
        <Empty icon="check" title={t('quarantine.empty')}>
          <p>{t('quarantine.emptyHelp')}</p>
        </Empty>
      )}
      <ul className="flex flex-col gap-3">
        {items.map((event) => (
          <li key={event.id}>
            <QuarantineItem
              event={event}
              account={accounts.find((account) => account.id === event.account_id)}
              onLeave={leave.mutateAsync}
            />
          </li>
        ))}
      </ul>
      <More list={list} />
    </Group>
  )
}

/** What became of an event that was read again, and where it is now. */
function Result({ events }: { events: ReceivedEvent[] }) {
  const conversation = events.find((event) => event.conversation_id)?.conversation_id
  return (
    <p role="status" className="flex flex-wrap items-center gap-1.5 rounded-md bg-ok-soft px-3 py-2 text-ok">
      <Icon name="check" className="size-4!" />
      {outcomeText(events)}
      {conversation && (
        <Link to="/inbox/$id" params={{ id: conversation }} className="font-medium underline">
          {t('quarantine.open')}
        </Link>
      )}
    </p>
  )
}
