/** A calendar by dates as they are written: 2026-05-09. Time zones do not come into it. */

const pad = (n: number) => String(n).padStart(2, '0')

/** dateText is a date of the calendar on the wall. */
export function dateText(year: number, month: number, day: number): string {
  return `${year}-${pad(month + 1)}-${pad(day)}`
}

/** monthDays are the dates of a month, with empty places before the first so that every row is a week from Monday. */
export function monthDays(year: number, month: number): (string | null)[] {
  const before = (new Date(Date.UTC(year, month, 1)).getUTCDay() + 6) % 7
  const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return [
    ...Array.from({ length: before }, () => null),
    ...Array.from({ length: count }, (_, day) => dateText(year, month, day + 1)),
  ]
}
