import { Popover } from '@base-ui/react/popover'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { useAgentName } from '#/api/queries'
import { clocks, type Metric, type Why } from '#/api/routing'
import type { ID } from '#/api/types'
import { t } from '#/text/text'
import { dayAndHours, fullTime } from '#/text/time'
import { Skeleton } from '#/ui/bits'
import { length, metricName, saidOf } from './clock-words'

interface WhyProps {
  conversation: ID
  metric: Metric
  trigger: ReactElement
}

/** Why a deadline is when it is, under its chip. It comes into being by being opened. */
export default function ClockWhy({ conversation, metric, trigger }: WhyProps) {
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" collisionPadding={8} className="z-40">
          <Popover.Popup className="scroller max-h-[70dvh] w-84 max-w-[calc(100vw-1rem)] rounded-lg border border-line bg-raised p-4 shadow-pop outline-none">
            <Popover.Title className="pb-2 font-semibold">
              {t('clock.whyTitle', { metric: metricName(metric) })}
            </Popover.Title>
            <Reasons conversation={conversation} metric={metric} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Reasons({ conversation, metric }: { conversation: ID; metric: Metric }) {
  const why = useQuery({
    queryKey: ['why', conversation, metric],
    queryFn: () => clocks.why(conversation, metric),
  })
  if (why.isError) return <p className="text-danger">{t('common.loadFailed')}</p>
  if (!why.data) return <Skeleton rows={2} height="h-10" />
  return <WhyWords why={why.data} />
}

/** The promise, the hours that count, and every pause. */
function WhyWords({ why }: { why: Why }) {
  const { clock } = why
  const span = (seconds: number) => length(Math.abs(seconds) * 1000)
  return (
    <div data-testid="clock-why" className="flex flex-col gap-3 text-sm">
      <p className="text-pretty">
        {why.schedule_name
          ? t('clock.promise', {
              policy: clock.policy_name,
              span: length(clock.target_minutes * 60_000),
              schedule: why.schedule_name,
              zone: why.time_zone,
            })
          : t('clock.promiseAlways', {
              policy: clock.policy_name,
              span: length(clock.target_minutes * 60_000),
            })}
        {why.policy_changed && ` ${t('clock.changed')}`}
      </p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
        <Line name={t('clock.begun')}>{fullTime(clock.started_at)}</Line>
        <Line name={t('clock.due')}>{clock.due_at ? fullTime(clock.due_at) : t('clock.dueStill')}</Line>
        <Line name={t('clock.spent')}>{span(why.spent_seconds)}</Line>
        <Line name={t(why.left_seconds < 0 ? 'clock.over' : 'clock.remains')}>{span(why.left_seconds)}</Line>
        {why.warn_at && <Line name={t('clock.warns')}>{fullTime(why.warn_at)}</Line>}
      </dl>
      {why.schedule_name && why.spans.length > 0 && (
        <div>
          <h3 className="pb-1 font-medium">{t('clock.hours')}</h3>
          <ul className="numeric flex flex-col gap-0.5 text-muted">
            {why.spans.slice(0, 8).map((one) => (
              <li key={one.from}>{dayAndHours(one.from, one.to, why.time_zone)}</li>
            ))}
            {(why.more || why.spans.length > 8) && <li>{t('clock.moreHours')}</li>}
          </ul>
        </div>
      )}
      <div>
        <h3 className="pb-1 font-medium">{t('clock.pauses')}</h3>
        {clock.pauses.length === 0 && <p className="text-muted">{t('clock.noPauses')}</p>}
        <ul className="flex flex-col gap-1 text-muted">
          {clock.pauses.map((pause) => (
            <Pause key={pause.from} pause={pause} />
          ))}
        </ul>
      </div>
    </div>
  )
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="numeric">{children}</dd>
    </>
  )
}

function Pause({ pause }: { pause: Why['clock']['pauses'][number] }) {
  const agentName = useAgentName()
  const by = agentName(pause.by.id) || pause.by.name || saidOf(`cause.${pause.by.kind}`)
  return (
    <li>
      <span className="numeric">
        {fullTime(pause.from)} – {pause.to ? fullTime(pause.to) : t('clock.pauseLasts')}
      </span>
      , {by}
      {pause.waiting && <span className="block text-warn">{t('clock.pauseWaiting')}</span>}
    </li>
  )
}
