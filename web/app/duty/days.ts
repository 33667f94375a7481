/** Days of a calendar as the person at the page has them. */

const dayLength = 24 * 3_600_000

/** weekOf is the beginning of the Monday of a week, some weeks from that of a moment. */
export function weekOf(now: number, weeks: number): Date {
  const at = new Date(now)
  at.setHours(0, 0, 0, 0)
  at.setDate(at.getDate() - ((at.getDay() + 6) % 7) + weeks * 7)
  return at
}

/** daysFrom are the beginnings of so many days; one may have 23 or 25 hours. */
export function daysFrom(start: Date, count: number): Date[] {
  return Array.from({ length: count }, (_, day) => {
    const at = new Date(start)
    at.setDate(at.getDate() + day)
    return at
  })
}

/** covers tells whether a stretch of time has a part of a day. */
export function covers(from: string, to: string, day: Date): boolean {
  return Date.parse(from) < day.getTime() + dayLength && Date.parse(to) > day.getTime()
}
