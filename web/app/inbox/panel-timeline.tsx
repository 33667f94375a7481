import { useInfiniteQuery } from '@tanstack/react-query'
import { conversations } from '#/api/inbox'
import type { TimelineEntry } from '#/api/types'
import { t } from '#/text/text'
import { fullTime, shortTime } from '#/text/time'
import { More } from '#/ui/bits'
import { PanelSection } from './panel'
import { fold } from './timeline-fold'
import { useEntryText } from './timeline-text'
import { stretchOf, TriggerEntry, useRuns } from './timeline-trigger'

/** Everything that happened besides the messages, the latest first, with who caused it. */
export function PanelTimeline({ id }: { id: string }) {
  const timeline = useInfiniteQuery({
    queryKey: ['timeline', id],
    queryFn: ({ pageParam }) => conversations.timeline(id, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  })
  const text = useEntryText()
  const entries = (timeline.data?.pages ?? []).flatMap((page) => page.items)
  const runs = useRuns(id, entries)
  const shown = fold(entries.filter((entry) => entry.type !== 'message')).reverse()

  return (
    <PanelSection title={t('panel.timeline')}>
      {shown.length === 0 && <p className="text-muted text-sm">{t('panel.timelineEmpty')}</p>}
      <ol className="flex flex-col gap-2.5 border-line border-s ps-3.5">
        {shown.map(({ entry, takenBack }) =>
          entry.type === 'trigger' ? (
            <TriggerEntry
              key={entry.id}
              entry={entry}
              run={runs.get(String(entry.data.run_id))}
              stretch={stretchOf(entry, entries)}
            />
          ) : (
            <Entry
              key={entry.id}
              entry={entry}
              text={takenBack ? t('event.takenBack', { text: text(entry) }) : text(entry)}
            />
          ),
        )}
      </ol>
      <More tone="quiet" list={timeline} />
    </PanelSection>
  )
}

function Entry({ entry, text }: { entry: TimelineEntry; text: string }) {
  return (
    <li className="relative flex flex-col text-sm">
      <span
        aria-hidden="true"
        className="absolute -start-4.25 top-1.5 size-1.75 rounded-full bg-line-strong"
      />
      <span dir="auto" className="text-pretty [overflow-wrap:anywhere]">
        {text}
      </span>
      <span className="text-muted text-xs">
        {entry.cause?.name ? `${entry.cause.name} · ` : ''}
        <time dateTime={entry.at} title={fullTime(entry.at)}>
          {shortTime(entry.at)}
        </time>
      </span>
    </li>
  )
}
