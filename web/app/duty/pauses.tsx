import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { clocks, type WaitingPause } from '#/api/routing'
import { length, metricName, saidOf } from '#/inbox/clock-words'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Empty, Failed, More, Skeleton } from '#/ui/bits'
import { InlineSelect } from '#/ui/field'

const periods = [7, 30, 90] as const
const day = 24 * 3_600_000

/** Every clock that was put on hold while the client waited for us: by whom, when and for how long. */
export function PausesTab() {
  const [days, setDays] = useState<number>(30)
  const from = useMemo(() => new Date(Date.now() - days * day).toISOString(), [days])
  const list = useInfiniteQuery({
    queryKey: ['waiting-pauses', from],
    queryFn: ({ pageParam }) => clocks.waitingPauses(from, '', pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  })
  const items = (list.data?.pages ?? []).flatMap((page) => page.items)
  return (
    <section aria-label={t('duty.pauses')} className="flex flex-col gap-3">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-[1_1_16rem] text-pretty text-muted text-sm">{t('pauses.help')}</p>
        <InlineSelect
          label={t('pauses.period')}
          value={days}
          onChange={(event) => setDays(Number(event.target.value))}
        >
          {periods.map((one) => (
            <option key={one} value={one}>
              {t('pauses.days', { n: one })}
            </option>
          ))}
        </InlineSelect>
      </header>
      {list.isError && <Failed onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={3} height="h-11" />}
      {list.data && items.length === 0 && (
        <Empty icon="check" title={t('pauses.empty')}>
          <p>{t('pauses.emptyHelp')}</p>
        </Empty>
      )}
      {items.length > 0 && (
        <table className="w-full border-separate border-spacing-0">
          <thead>
            <tr className="text-muted text-sm">
              <Head>{t('pauses.conversation')}</Head>
              <Head wide>{t('pauses.clock')}</Head>
              <Head>{t('pauses.when')}</Head>
              <Head wide>{t('pauses.span')}</Head>
              <Head>{t('pauses.by')}</Head>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <PauseRow key={`${one.conversation_id} ${one.metric} ${one.from}`} pause={one} />
            ))}
          </tbody>
        </table>
      )}
      <More list={list} />
    </section>
  )
}

const cell = 'h-11 border-line border-b pe-3 text-start'

function Head({ wide, children }: { wide?: boolean; children: string }) {
  return (
    <th scope="col" className={`${cell} font-medium ${wide ? 'hidden sm:table-cell' : ''}`}>
      {children}
    </th>
  )
}

function PauseRow({ pause }: { pause: WaitingPause }) {
  const until = pause.to ? Date.parse(pause.to) : Date.now()
  return (
    <tr className="hover:bg-hover">
      <td className={cell}>
        <Link
          to="/inbox/$id"
          params={{ id: pause.conversation_id }}
          search={{ view: 'all' }}
          className="numeric inline-flex min-h-6 items-center text-accent hover:underline"
        >
          {t('common.number', { number: pause.conversation_number })}
        </Link>
      </td>
      <td className={`${cell} hidden sm:table-cell`}>{metricName(pause.metric)}</td>
      <td className={`${cell} numeric text-sm`}>{fullTime(pause.from)}</td>
      <td className={`${cell} numeric hidden text-sm sm:table-cell`}>
        {length(until - Date.parse(pause.from))}
        {!pause.to && ` · ${t('pauses.lasts')}`}
      </td>
      <td className={`${cell} max-w-40 truncate`}>{pause.by.name || saidOf(`cause.${pause.by.kind}`)}</td>
    </tr>
  )
}
