import { beforeEach, expect, test, vi } from 'vitest'
import { dismissAll, say, undoLast } from './toast'

beforeEach(dismissAll)

test('a later line about the same takes the place of the earlier, and its offer with it', () => {
  const undo = vi.fn()
  say('Merged', { about: 'merge 1', undo })
  say('Apart again', { about: 'merge 1' })
  expect(undoLast()).toBe(false)
  expect(undo).not.toHaveBeenCalled()
})

test('lines about others, or about nothing said, stay', () => {
  const merged = vi.fn()
  const closed = vi.fn()
  say('Closed', { undo: closed })
  say('Merged', { about: 'merge 1', undo: merged })
  say('Merged', { about: 'merge 2' })
  say('Saved')
  expect(undoLast()).toBe(true)
  expect(merged).toHaveBeenCalledOnce()
})

test('lines that come meanwhile do not take an offer to undo away', () => {
  const undo = vi.fn()
  say('Closed', { undo })
  for (const who of ['Ann', 'Bob', 'Vera', 'Ivan']) say(`${who} handed you one`)
  expect(undoLast()).toBe(true)
  expect(undo).toHaveBeenCalledOnce()
})

test('of more than three that can be undone the first gives way', () => {
  const undos = [1, 2, 3, 4].map((n) => {
    const undo = vi.fn()
    say(`Closed ${n}`, { undo })
    return undo
  })
  while (undoLast());
  expect(undos.map((undo) => undo.mock.calls.length)).toEqual([0, 1, 1, 1])
})
