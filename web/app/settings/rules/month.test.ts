import { expect, it } from 'vitest'
import { monthDays } from './month'

it('begins weeks on Monday', () => {
  const may = monthDays(2026, 4) // begins on a Friday
  expect(may.slice(0, 6)).toEqual([null, null, null, null, '2026-05-01', '2026-05-02'])
  expect(may.at(-1)).toBe('2026-05-31')
  expect(monthDays(2026, 5)[0]).toBe('2026-06-01') // a Monday
})

it('knows leap years', () => {
  expect(monthDays(2028, 1).at(-1)).toBe('2028-02-29')
  expect(monthDays(2026, 1).at(-1)).toBe('2026-02-28')
})
