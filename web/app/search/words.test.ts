import { expect, test } from 'vitest'
import { createWords, movesHits } from './words'

test('an echo of what the field wrote leaves the field alone, however late it is', () => {
  const words = createWords('a')
  expect(words.wrote('a')).toBe(false)
  expect(words.wrote('ab')).toBe(true)
  expect(words.wrote('abc')).toBe(true)
  expect(words.heard('ab')).toBeNull()
  expect(words.heard('abc')).toBeNull()
  expect(words.heard('abc')).toBeNull()
})

test('what somebody else put into the address goes into the field', () => {
  const words = createWords('invoice')
  expect(words.wrote('invoices')).toBe(true)
  expect(words.heard('delivery')).toBe('delivery')
  expect(words.wrote('delivery')).toBe(false)
  expect(words.heard()).toBe('')
})

test('arrows go through the results from the field and from a result, and nowhere else', () => {
  const part = (hit: boolean) => ({ closest: () => (hit ? ({} as Element) : null) })
  const field = part(false)
  expect(movesHits(field, field)).toBe(true)
  expect(movesHits(part(true), field)).toBe(true)
  expect(movesHits(part(false), field)).toBe(false)
})
