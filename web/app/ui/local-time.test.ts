import { expect, test } from 'vitest'
import { fromLocal, toLocal } from './local-time'

test('an input has a moment by the clock on the wall, and gives it back as it was', () => {
  const at = new Date(2026, 2, 4, 5, 30)
  expect(toLocal(at)).toBe('2026-03-04T05:30')
  expect(fromLocal(toLocal(at))).toBe(at.toISOString())
  expect(fromLocal('')).toBe('')
})
