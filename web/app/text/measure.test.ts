import { expect, test } from 'vitest'
import { measure, segment } from './measure'
import vectors from './segments.json'

test.each(vectors)('SMS: $name', ({ text, ucs2, units, parts }) => {
  const { left, ...counted } = segment(text)
  expect(counted).toEqual({ ucs2, units, parts })
  expect(measure(text, 'segments')).toBe(parts.length)
  expect(left).toBeGreaterThanOrEqual(0)
})
