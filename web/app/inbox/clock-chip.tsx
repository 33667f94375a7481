import { type ComponentProps, cloneElement, type ReactElement, Suspense, useState } from 'react'
import type { Conversation, ID } from '#/api/types'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Icon } from '#/ui/icons'
import { loadWhy } from '#/ui/later'
import { useMinute } from '#/ui/minute'
import { piece } from '#/ui/piece'
import {
  type ClockTone,
  clockWords,
  countingClocks,
  metricName,
  rowClock,
  type ServiceClock,
} from './clock-words'

const tones: Record<ClockTone, string> = {
  calm: 'text-muted',
  warn: 'text-warn',
  late: 'font-medium text-danger',
  still: 'text-muted',
}

const fills: Record<ClockTone, string> = {
  calm: 'bg-sunken text-muted hover:text-text',
  warn: 'bg-warn-soft text-warn',
  late: 'bg-danger-soft font-medium text-danger',
  still: 'bg-sunken text-muted hover:text-text',
}

/** The next deadline of a conversation, for a row of the list; null where none counts. */
export function useDeadline(conversation: Conversation): ReactElement | null {
  const now = useMinute()
  const clock = rowClock(conversation)
  if (!clock?.due_at) return null
  const { text, tone } = clockWords(clock, now)
  return (
    <span
      data-testid="row-clock"
      title={`${metricName(clock.metric)}: ${fullTime(clock.due_at)}`}
      className={`numeric flex shrink-0 items-center gap-1 ${tones[tone]}`}
    >
      <Icon name={tone === 'late' ? 'alert' : 'clock'} className="size-3.5!" />
      <span className="sr-only">{metricName(clock.metric)}: </span>
      {text}
    </span>
  )
}

/** Every promise that counts, each with the reason of its deadline behind it. */
export function ClockChips({ conversation }: { conversation: Conversation }) {
  const clocks = countingClocks(conversation)
  if (clocks.length === 0) return null
  return (
    <ul
      aria-label={t('clock.all')}
      className="flex shrink-0 flex-wrap gap-1.5 border-line border-b bg-surface px-3 py-1.5 md:px-4"
    >
      {clocks.map((clock) => (
        <li key={clock.metric}>
          <ClockChip conversation={conversation.id} clock={clock} />
        </li>
      ))}
    </ul>
  )
}

interface TriggerProps {
  onClick?: () => void
  onPointerEnter?: () => void
  'aria-expanded'?: boolean
}

const WhyPopup = piece<ComponentProps<Awaited<ReturnType<typeof loadWhy>>['default']>>(
  loadWhy,
  ({ trigger }, again) => cloneElement(trigger as ReactElement<TriggerProps>, { onClick: again }),
)

function ClockChip({ conversation, clock }: { conversation: ID; clock: ServiceClock }) {
  const [wanted, setWanted] = useState(false)
  const { text, tone } = clockWords(clock, useMinute())
  const chip = (
    <button
      type="button"
      data-testid={`clock-${clock.metric}`}
      aria-haspopup="dialog"
      title={t('clock.why')}
      className={`numeric flex h-6 items-center gap-1 whitespace-nowrap rounded-full px-2 text-xs ${fills[tone]}`}
    >
      <Icon name={clock.state === 'paused' ? 'pause' : 'clock'} className="size-3.5!" />
      <span className="max-sm:sr-only">{metricName(clock.metric)}: </span>
      {text}
      <span className="sr-only">. {t('clock.why')}</span>
    </button>
  )
  const closed = cloneElement(chip as ReactElement<TriggerProps>, {
    onClick: () => setWanted(true),
    onPointerEnter: () => void loadWhy().catch(() => undefined),
    'aria-expanded': false,
  })
  if (!wanted) return closed
  return (
    <Suspense fallback={closed}>
      <WhyPopup conversation={conversation} metric={clock.metric} trigger={chip} />
    </Suspense>
  )
}
