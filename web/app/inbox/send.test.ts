import { expect, test } from 'vitest'
import { message } from '#/test/fixtures'
import { seenSeq } from './send'
import { snoozeTime } from './snooze'

const ours = (id: string) => ({ direction: 'outbound' as const, author: { kind: 'agent', id, name: '' } })

test('the contact’s lines were on the screen, a colleague’s answer must be looked at', () => {
  const items = [message('a', 1), message('b', 2), message('c', 3, ours('8')), message('d', 4)]
  expect(seenSeq(items, 1, '7')).toBe(2)
  expect(seenSeq(items, 4, '7')).toBe(4)
  expect(seenSeq(items.slice(0, 2), 1, '7')).toBe(2)
})

test('my own answers and notes of anybody do not stand in the way', () => {
  const note = { ...ours('8'), kind: 'note' as const }
  const items = [message('a', 1), message('b', 2, ours('7')), message('c', 3, note)]
  expect(seenSeq(items, 1, '7')).toBe(3)
})

test('an empty conversation has seen nothing', () => {
  expect(seenSeq([], null, '7')).toBe(0)
})

test.each([
  ['hour', '2026-11-22T10:30', '2026-11-22T11:30'],
  ['evening', '2026-11-22T10:30', '2026-11-22T18:00'],
  ['evening', '2026-11-22T19:00', '2026-11-22T22:00'],
  ['tomorrow', '2026-11-30T23:00', '2026-12-01T09:00'],
  ['monday', '2026-11-22T10:30', '2026-11-23T09:00'],
  ['monday', '2026-11-23T08:00', '2026-11-30T09:00'],
])('snooze %s at %s', (choice, now, want) => {
  expect(snoozeTime(choice, new Date(now))).toEqual(new Date(want))
})
