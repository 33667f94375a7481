import { t } from '#/text/text'

export type SnoozeChoice = 'hour' | 'evening' | 'tomorrow' | 'monday'

export function snoozeOptions() {
  return (['hour', 'evening', 'tomorrow', 'monday'] as const).map((id) => ({ id, name: t(`snooze.${id}`) }))
}

/** snoozeTime is when a choice ends, in the agent's own time zone. */
export function snoozeTime(choice: string, now: Date): Date {
  const at = new Date(now)
  if (choice === 'hour') {
    at.setTime(at.getTime() + 3_600_000)
    return at
  }
  at.setHours(choice === 'evening' ? 18 : 9, 0, 0, 0)
  if (choice === 'evening') {
    if (at <= now) at.setTime(now.getTime() + 3 * 3_600_000)
  } else if (choice === 'tomorrow') at.setDate(at.getDate() + 1)
  else at.setDate(at.getDate() + ((8 - at.getDay()) % 7 || 7))
  return at
}
