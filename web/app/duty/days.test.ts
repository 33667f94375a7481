import { describe, expect, it } from 'vitest'
import { covers, daysFrom, weekOf } from './days'

const wednesday = new Date(2026, 2, 4, 15, 30)

describe('days', () => {
  it('begins a week on Monday', () => {
    expect(weekOf(wednesday.getTime(), 0)).toEqual(new Date(2026, 2, 2))
    expect(weekOf(new Date(2026, 2, 8).getTime(), 0)).toEqual(new Date(2026, 2, 2))
    expect(weekOf(wednesday.getTime(), -1)).toEqual(new Date(2026, 1, 23))
  })

  it('goes on across months', () => {
    expect(daysFrom(new Date(2026, 1, 27), 3).map((at) => at.getDate())).toEqual([27, 28, 1])
  })

  it.each([
    [new Date(2026, 2, 3), false],
    [new Date(2026, 2, 4), true],
    [new Date(2026, 2, 5), true],
    [new Date(2026, 2, 6), false],
  ])('says whether %s is covered', (day, covered) => {
    const to = new Date(2026, 2, 6)
    expect(covers(wednesday.toISOString(), to.toISOString(), day)).toBe(covered)
  })
})
