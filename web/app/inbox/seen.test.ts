import { expect, test } from 'vitest'
import { message } from '#/test/fixtures'
import { newerAnswers, seen } from './seen'

const by = (id: string) => ({ direction: 'outbound' as const, author: { kind: 'agent', id, name: '' } })
const leaving = (id: string, agent: string, seconds = 10) =>
  message(id, null, {
    ...by(agent),
    state: 'scheduled',
    release_at: new Date(Date.parse('2026-11-22T10:00:00Z') + seconds * 1_000).toISOString(),
    created_at: '2026-11-22T10:00:00Z',
  })
const begun = (since: number | null, sincePending: string[] = []) => ({ since, sincePending })

test('the contact’s lines were on the screen, a colleague’s answer must be looked at', () => {
  const items = [message('a', 1), message('b', 2), message('c', 3, by('8')), message('d', 4)]
  expect(seen(items, [], begun(1), '7').seen_seq).toBe(2)
  expect(seen(items, [], begun(4), '7').seen_seq).toBe(4)
  expect(seen(items.slice(0, 2), [], begun(1), '7').seen_seq).toBe(2)
})

test('my own answers and notes of anybody do not stand in the way', () => {
  const note = { ...by('8'), kind: 'note' as const }
  const items = [message('a', 1), message('b', 2, by('7')), message('c', 3, note)]
  expect(seen(items, [], begun(1), '7').seen_seq).toBe(3)
})

test('an empty conversation has seen nothing', () => {
  expect(seen([], [], begun(null), '7')).toEqual({ seen_seq: 0, seen_pending: [] })
})

test('a colleague’s answer that can still be taken back must be looked at, one that is put off need not', () => {
  const pending = [leaving('x', '8'), leaving('y', '8', 3_600), leaving('z', '7')]
  expect(newerAnswers([], pending, begun(1), '7').map((item) => item.id)).toEqual(['x'])
  expect(seen([], pending, begun(1), '7').seen_pending).toEqual(['y', 'z'])
})

test('what was looked at while it was leaving is not news when it has left', () => {
  const items = [message('a', 1), message('x', 2, by('8'))]
  expect(newerAnswers(items, [], begun(1, ['x']), '7')).toEqual([])
  expect(seen(items, [], begun(1, ['x']), '7').seen_seq).toBe(2)
  expect(newerAnswers(items, [], begun(1), '7').map((item) => item.id)).toEqual(['x'])
})
