import type { Schedule, TriggerAt } from '#/api/rules'
import { format } from '#/text/time'

export type Interval = Schedule['intervals'][number]

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** dayName is a day of the week in the current language; the first of 2024 was a Monday. */
export function dayName(day: string, form: 'narrow' | 'short' | 'long'): string {
  const at = new Date(Date.UTC(2024, 0, 1 + Math.max(0, days.indexOf(day as (typeof days)[number]))))
  return format(at, { weekday: form, timeZone: 'UTC' })
}

/** weekWords is a week in a line; days in a row with the same hours stand together: "Mon–Fri 09:00–18:00". */
export function weekWords(intervals: Interval[]): string {
  const runs: { from: string; to: string; hours: string }[] = []
  days.forEach((day, index) => {
    const hours = intervals
      .filter((item) => item.day === day)
      .map((item) => `${item.from}–${item.to}`)
      .sort()
      .join(', ')
    const before = runs.at(-1)
    if (!hours) return
    if (before?.hours === hours && before.to === days[index - 1]) before.to = day
    else runs.push({ from: day, to: day, hours })
  })
  const span = ({ from, to }: { from: string; to: string }) =>
    from === to ? dayName(from, 'short') : `${dayName(from, 'short')}–${dayName(to, 'short')}`
  return runs.map((run) => `${span(run)} ${run.hours}`).join('; ')
}

/** nextInterval is what "add hours" puts into a day: the whole day's usual hours, or what comes after a break. */
export function nextInterval(day: string, intervals: Interval[]): Interval {
  const ends = intervals.filter((item) => item.day === day && item.to > item.from).map((item) => item.to)
  const last = ends.sort().at(-1)
  if (!last) return { day, from: '09:00', to: '18:00' }
  const hour = Number(last.slice(0, 2))
  const pad = (n: number) => `${String(Math.min(n, 24)).padStart(2, '0')}:00`
  return { day, from: pad(Math.min(hour + 1, 23)), to: pad(hour + 4) }
}

/** atWords is an hour of the week in a line: "Mon–Fri 09:00". */
export const atWords = (at: TriggerAt): string =>
  `${weekWords(at.days.map((day) => ({ day, from: at.time, to: at.time }))).replaceAll(`${at.time}–${at.time}`, at.time)}`
