import { localeOf, type Text } from './text'

/** Hours and minutes in the visitor's own time. */
export function clockTime(at: string, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { hour: 'numeric', minute: '2-digit' }).format(
    new Date(at),
  )
}

/** The day in words: today, yesterday, or the date. */
export function dayName(at: string, language: string, text: Text, now = new Date()): string {
  const day = new Date(at)
  const days = Math.round((midnight(now) - midnight(day)) / 86_400_000)
  if (days === 0) return text.today
  if (days === 1) return text.yesterday
  const year = day.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'long', ...year }).format(day)
}

function midnight(day: Date): number {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
}

/** A size in the unit people know: kB and MB of 1000. */
export function fileSize(bytes: number, language: string): string {
  const [value, unit] =
    bytes < 1000
      ? [bytes, 'byte']
      : bytes < 1_000_000
        ? [bytes / 1000, 'kilobyte']
        : [bytes / 1_000_000, 'megabyte']
  return new Intl.NumberFormat(localeOf(language), {
    style: 'unit',
    unit: unit as string,
    unitDisplay: unit === 'byte' ? 'narrow' : 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value as number)
}
