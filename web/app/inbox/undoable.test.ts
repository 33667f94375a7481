import { expect, test } from 'vitest'
import { message } from '#/test/fixtures'
import { keyTakesBack, mayTakeBack } from './undoable'

const now = Date.parse('2026-11-22T12:00:00Z')
const leaving = (author: string, kind: 'agent' | 'trigger', seconds: number | null) =>
  message('2', null, {
    direction: 'outbound',
    author: { kind, id: author, name: '' },
    release_at: seconds === null ? null : new Date(now + seconds * 1000).toISOString(),
  })

test.each([
  ['one’s own about to leave', leaving('7', 'agent', 10), true, true],
  ['one’s own of tomorrow', leaving('7', 'agent', 86_400), true, false],
  ['one’s own on hold', leaving('7', 'agent', null), true, false],
  ['a colleague’s', leaving('8', 'agent', 10), false, false],
  ['a machine’s', leaving('3', 'trigger', 10), true, false],
])('%s', (_, given, may, key) => {
  expect([mayTakeBack(given, '7'), keyTakesBack(given, '7', now)]).toEqual([may, key])
})
