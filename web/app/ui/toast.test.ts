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
