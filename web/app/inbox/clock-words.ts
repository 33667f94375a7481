import type { Conversation } from '#/api/types'
import { routing } from '#/text/en/routing'
import { type Key, t } from '#/text/text'

export type ServiceClock = Conversation['clocks'][number]
export type ClockTone = 'calm' | 'warn' | 'late' | 'still'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** countingClocks are the promises that still count, the next due first and those that stand still last. */
export function countingClocks(conversation: Pick<Conversation, 'clocks'>): ServiceClock[] {
  const at = (clock: ServiceClock) => (clock.due_at ? Date.parse(clock.due_at) : Number.MAX_SAFE_INTEGER)
  return conversation.clocks.filter((clock) => clock.ended_at === null).sort((a, b) => at(a) - at(b))
}

/**
 * rowClock is the promise that a row tells of: the next one due. What is put off says when it comes back, and no other time
 * beside that but of a promise that will not wait so long.
 */
export function rowClock(
  conversation: Pick<Conversation, 'clocks' | 'status' | 'snoozed_until'>,
): ServiceClock | undefined {
  const clock = countingClocks(conversation).find((one) => one.due_at !== null)
  const { status, snoozed_until: until } = conversation
  const asleep = status === 'snoozed' && until !== null
  return asleep && clock?.due_at && Date.parse(clock.due_at) >= Date.parse(until) ? undefined : clock
}

/** clockWords says how long is left, or how late it is, with how urgent that looks. */
export function clockWords(clock: ServiceClock, now: number): { text: string; tone: ClockTone } {
  if (clock.state === 'paused' || !clock.due_at) return { text: t('clock.still'), tone: 'still' }
  const left = Date.parse(clock.due_at) - now
  if (left < 0 || clock.state === 'breached') {
    return { text: t('clock.late', { span: length(Math.max(minute, -left)) }), tone: 'late' }
  }
  const warned = clock.warn_at !== null && now >= Date.parse(clock.warn_at)
  const text = left < minute ? t('clock.leftNow') : t('clock.left', { span: length(left) })
  return { text, tone: warned ? 'warn' : 'calm' }
}

/** length is a stretch of time in its two largest units: "12 min", "1 h 20 min", "2 d 3 h". */
export function length(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  const days = Math.floor(ms / day)
  const hours = Math.floor((ms % day) / hour)
  const minutes = Math.floor((ms % hour) / minute)
  const parts = [
    days > 0 && t('time.days', { n: days }),
    hours > 0 && t('time.hours', { n: hours }),
    days === 0 && (minutes > 0 || hours === 0) && t('time.minutes', { n: minutes }),
  ]
  return parts.filter(Boolean).join(' ')
}

/** saidOf puts a code of routing into words; one that is new to this page is shown as it is written. */
export function saidOf(key: string): string {
  return key in routing
    ? t(key as Extract<Key, 'routing.why.head' | 'clock.resolution'>)
    : key.slice(key.lastIndexOf('.') + 1)
}

export const metricName = (metric: string): string => saidOf(`clock.${metric}`)
