import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { type Run, triggers } from '#/api/rules'
import type { ID, TimelineEntry } from '#/api/types'
import { useTeller } from '#/settings/rules/explain-words'
import { actionName } from '#/settings/rules/words'
import { useMe } from '#/shell/session'
import { listed, t } from '#/text/text'
import { fullTime, shortTime } from '#/text/time'
import { piece } from '#/ui/piece'

const RunBody = piece<{ run: Run }>(
  () => import('#/settings/rules/runs').then((module) => ({ default: module.RunBody })),
  'line',
)

/** useRuns is what triggers did in a conversation, by the ids that its timeline names. */
export function useRuns(conversation: ID, entries: TimelineEntry[]): Map<ID, Run> {
  const named = entries.filter((entry) => entry.type === 'trigger')
  const runs = useQuery({
    // Another entry, or another outcome of the same run, is another answer.
    queryKey: ['conversation-runs', conversation, named.at(-1)?.id],
    queryFn: () => triggers.runsIn(conversation),
    enabled: named.length > 0,
    placeholderData: (before) => before,
  }).data?.items
  return new Map((runs ?? []).map((run) => [run.id, run]))
}

/** stretchOf is which stretch of its run an entry tells of: a run that waits has one before each wait. */
export function stretchOf(entry: TimelineEntry, entries: TimelineEntry[]): number {
  const same = entries.filter((one) => one.type === 'trigger' && one.data.run_id === entry.data.run_id)
  return same.findIndex((one) => one.id === entry.id)
}

interface TriggerEntryProps {
  entry: TimelineEntry
  run: Run | undefined
  stretch: number
}

/** "Trigger X did Y, because …", with everything else behind one press. */
export function TriggerEntry({ entry, run, stretch }: TriggerEntryProps) {
  const role = useMe().role
  const because = useTeller().because
  const [open, setOpen] = useState(false)
  const name = String(entry.data.name ?? '')
  const why = run ? because(run.why) : ''
  return (
    <li data-testid="timeline-trigger" className="relative flex flex-col text-sm">
      <span aria-hidden="true" className="absolute -start-4.25 top-1.5 size-1.75 rounded-full bg-accent" />
      <span dir="auto" className="text-pretty [overflow-wrap:anywhere]">
        {run ? t('run.line', { name, what: what(run, stretch) }) : name}
        {why && <span className="text-muted">, {t('run.because', { why })}</span>}
      </span>
      <span className="flex flex-wrap items-center gap-x-2 text-muted text-xs">
        <time dateTime={entry.at} title={fullTime(entry.at)}>
          {shortTime(entry.at)}
        </time>
        {run && (
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="min-h-6 font-medium text-accent hover:underline"
          >
            {t('run.details')}
          </button>
        )}
      </span>
      {open && run && (
        <div className="mt-1 flex flex-col gap-2 rounded-md bg-sunken p-2.5">
          <Suspense>
            <RunBody run={run} />
          </Suspense>
          {(role === 'admin' || role === 'lead') && (
            <Link
              to="/settings/$section/$item"
              params={{ section: 'triggers', item: run.trigger_id }}
              search={{ tab: 'runs', run: run.id }}
              className="flex min-h-6 items-center self-start font-medium text-accent hover:underline"
            >
              {t('run.log')}
            </Link>
          )}
        </div>
      )}
    </li>
  )
}

/** What a run did, in a line; what is still to come is not told as done. */
function what(run: Run, stretch: number): string {
  let waits = 0
  const steps = run.steps.filter((step) => {
    if (step.type === 'wait') waits++
    return step.type !== 'wait' && waits === stretch
  })
  const names = steps.map((step) =>
    step.outcome === 'failed'
      ? `${actionName(step.type).toLowerCase()} (${t('run.failed').toLowerCase()})`
      : actionName(step.type).toLowerCase(),
  )
  if (names.length > 0) return listed(names)
  return run.problem || (run.outcome === 'waiting' ? t('run.waiting').toLowerCase() : t('run.nothing'))
}
