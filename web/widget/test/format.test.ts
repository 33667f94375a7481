import { expect, test } from 'vitest'
import { clockTime } from '../src/frame/format'

test.each([
  ['en', '8:49 PM'],
  ['ru', '20:49'],
])('a time of day in %s is written as people do there', (language, want) => {
  const at = new Date(2026, 10, 22, 20, 49).toISOString()
  expect(clockTime(at, language).replace(/\s/g, ' ')).toBe(want)
})
