import { locale, t } from './text'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** shortTime is for a list row: the hour today, the weekday this week, else the date. */
export function shortTime(iso: string, now = Date.now()): string {
  const at = new Date(iso)
  const today = new Date(now)
  if (at.toDateString() === today.toDateString()) return clock(iso)
  if (now - at.getTime() < 6 * day && now > at.getTime()) return format(at, { weekday: 'short' })
  if (at.getFullYear() === today.getFullYear()) return format(at, { day: 'numeric', month: 'short' })
  return format(at, { day: '2-digit', month: '2-digit', year: '2-digit' })
}

export function clock(iso: string): string {
  return format(new Date(iso), { hour: '2-digit', minute: '2-digit' })
}

/** ahead is when something will be: the hour today, with the weekday this week, else the date. */
export function ahead(iso: string, now = Date.now()): string {
  const at = new Date(iso)
  if (at.toDateString() === new Date(now).toDateString()) return clock(iso)
  if (at.getTime() - now < 6 * day) {
    return format(at, { weekday: 'short', hour: '2-digit', minute: '2-digit' })
  }
  return format(at, { day: 'numeric', month: 'short' })
}

export function fullTime(iso: string): string {
  return format(new Date(iso), { dateStyle: 'medium', timeStyle: 'short' })
}

/** dayAndHours is a stretch within a day on the wall of a time zone: "Mon, 2 Mar, 09:00–13:00". */
export function dayAndHours(from: string, to: string, timeZone: string): string {
  const date = format(new Date(from), { weekday: 'short', day: 'numeric', month: 'short', timeZone })
  const wall = (iso: string) => format(new Date(iso), { hour: '2-digit', minute: '2-digit', timeZone })
  return `${date}, ${wall(from)}–${wall(to)}`
}

export function dayName(iso: string, now = Date.now()): string {
  const at = new Date(iso)
  if (at.toDateString() === new Date(now).toDateString()) return t('time.today')
  if (at.toDateString() === new Date(now - day).toDateString()) return t('time.yesterday')
  return format(at, { weekday: 'long', day: 'numeric', month: 'long' })
}

/** span is a length of time in one unit: "12 min", "3 h", "2 d". */
export function span(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  if (ms < minute) return t('time.now')
  if (ms < hour) return t('time.minutes', { n: Math.floor(ms / minute) })
  if (ms < day) return t('time.hours', { n: Math.floor(ms / hour) })
  return t('time.days', { n: Math.floor(ms / day) })
}

/** waited says how long somebody has been waiting, with how urgent that looks; the first minute has no text. */
export function waited(since: string, now = Date.now()): { text: string; tone: 'calm' | 'warn' | 'late' } {
  const ms = now - new Date(since).getTime()
  return { text: ms < minute ? '' : span(ms), tone: ms > hour ? 'late' : ms > 10 * minute ? 'warn' : 'calm' }
}

export function bytes(size: number): string {
  if (size < 1024) return t('size.bytes', { n: size })
  if (size < 1024 * 1024) return t('size.kilobytes', { size: Math.round(size / 1024) })
  return t('size.megabytes', { size: Math.round((size / 1024 / 1024) * 10) / 10 })
}

/** Making a format costs more than a hundred uses of it, and a long thread shows hundreds of times. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** format is a date in the current language. */
export function format(at: Date, options: Intl.DateTimeFormatOptions): string {
  // Who travels with the page open reads the time of where they are.
  const key = `${locale()} ${at.getTimezoneOffset()} ${JSON.stringify(options)}`
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options)
  formats.set(key, made)
  return made.format(at)
}
