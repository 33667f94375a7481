import { t } from '#/text/text'

export type SnoozeChoice = 'hour' | 'evening' | 'tomorrow' | 'monday'

/** What of the next choice has to lie between it and those before, or it is the same one twice. */
const apart = 30 * 60_000

/** The choice of a time of one's own. */
export const otherTime = 'other'

/** snoozeChoices are the usual times that are worth offering now: each ahead, and no two the same. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const all: SnoozeChoice[] = ['hour', 'evening', 'tomorrow', 'monday']
  const taken = [now.getTime()]
  return all.filter((id) => {
    const at = snoozeTime(id, now).getTime()
    const fits = at > now.getTime() && taken.every((other) => Math.abs(other - at) >= apart)
    if (fits) taken.push(at)
    return fits
  })
}

export function snoozeOptions(now = new Date()) {
  const usual = snoozeChoices(now).map((id) => ({ id: id as string, name: t(`snooze.${id}`) }))
  return [...usual, { id: otherTime, name: t('snooze.other') }]
}

/** snoozeTime is when a choice ends, in the agent's own time zone. */
export function snoozeTime(choice: string, now: Date): Date {
  const at = new Date(now)
  if (choice === 'hour') {
    at.setTime(at.getTime() + 3_600_000)
    return at
  }
  at.setHours(choice === 'evening' ? 18 : 9, 0, 0, 0)
  if (choice === 'tomorrow') at.setDate(at.getDate() + 1)
  else if (choice === 'monday') at.setDate(at.getDate() + ((8 - at.getDay()) % 7 || 7))
  return at
}
