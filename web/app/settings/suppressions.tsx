import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { suppressions as api } from '#/api/suppressions'
import type { Suppression } from '#/api/types'
import { channelName } from '#/inbox/channel'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Empty, Failed, More, Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Group, RowItem, Rows } from './parts'
import { useSave } from './use-save'

/** Everybody who asked for no more messages. They can be written to again once somebody takes them off. */
export function SuppressionsSection() {
  const list = useInfiniteQuery({
    queryKey: ['suppressions'],
    queryFn: ({ pageParam }) => api.list(pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  })
  const items = (list.data?.pages ?? []).flatMap((page) => page.items)
  return (
    <Group help={t('suppressions.help')}>
      {list.isError && <Failed onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={2} />}
      {list.data && items.length === 0 && (
        <Empty icon="check" title={t('suppressions.empty')}>
          <p>{t('suppressions.emptyHelp')}</p>
        </Empty>
      )}
      <Rows>
        {items.map((item) => (
          <RowItem key={item.id}>
            <SuppressionRow item={item} />
          </RowItem>
        ))}
      </Rows>
      <More list={list} />
    </Group>
  )
}

function SuppressionRow({ item }: { item: Suppression }) {
  const [sure, setSure] = useState(false)
  const remove = useSave('suppressions', 'contacts')
  return (
    <>
      <span className="min-w-36 flex-1">
        <span dir="auto" className="block truncate font-medium">
          {item.address}
        </span>
        <span className="block text-muted">
          {channelName(item.kind)}
          {item.word && <> · {t('suppressions.word', { word: item.word })}</>} ·{' '}
          <bdi>{fullTime(item.at)}</bdi>
        </span>
      </span>
      {sure ? (
        <span
          role="group"
          aria-label={t('stop.lift')}
          className="flex basis-full flex-wrap items-center justify-end gap-2"
        >
          <span className="min-w-0 flex-[1_1_14rem] text-pretty text-muted">{t('stop.sure')}</span>
          <Button
            small
            tone="danger"
            disabled={remove.isPending}
            onClick={() => remove.mutate(() => api.remove(item.id))}
          >
            {t('stop.lift')}
          </Button>
          <Button small onClick={() => setSure(false)}>
            {t('common.cancel')}
          </Button>
        </span>
      ) : (
        <Button small onClick={() => setSure(true)}>
          {t('stop.lift')}
        </Button>
      )}
    </>
  )
}
