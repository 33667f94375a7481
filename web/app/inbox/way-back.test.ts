import { expect, test } from 'vitest'
import { conversation } from '#/test/fixtures'
import { wayBack } from './way-back'

const now = Date.parse('2026-03-02T10:00:00Z')
const waiting = conversation('1', { unanswered: true })

test('closing ended the wait, so the way back names it', () => {
  const closed = { ...waiting, status: 'closed' as const, unanswered: false }
  expect(wayBack(waiting, { status: 'closed' }, closed, now)).toEqual({
    status: 'open',
    snoozed_until: null,
    unanswered: true,
  })
})

test('what needed no answer before it was closed needs none when it is open again', () => {
  const quiet = { ...waiting, unanswered: false }
  expect(wayBack(quiet, { status: 'closed' }, { ...quiet, status: 'closed' as const }, now)).toEqual({
    status: 'open',
    snoozed_until: null,
    unanswered: false,
  })
})

test('“no answer needed” goes back to waiting and touches nothing else', () => {
  expect(wayBack(waiting, { unanswered: false }, { ...waiting, unanswered: false }, now)).toEqual({
    unanswered: true,
  })
})

test('what did not change is not named', () => {
  const given = { ...waiting, assignee_id: '7', priority: 'high' as const }
  expect(wayBack(waiting, { assignee_id: '7' }, given, now)).toEqual({ assignee_id: null })
})

test('a sleeper goes back to sleep until the same hour, unless that is past', () => {
  const until = '2026-03-02T12:00:00Z'
  const asleep = { ...waiting, status: 'snoozed' as const, snoozed_until: until }
  const change = { status: 'open' as const, snoozed_until: null }
  expect(wayBack(asleep, change, waiting, now)).toEqual({ status: 'snoozed', snoozed_until: until })
  expect(wayBack(asleep, change, waiting, Date.parse(until))).toEqual({ status: 'open', snoozed_until: null })
})

test('what was put aside as spam comes back as the server knows it stood', () => {
  const spam = { ...waiting, spam: true, status: 'closed' as const, unanswered: false }
  expect(wayBack(waiting, { spam: true }, spam, now)).toEqual({ spam: false })
})

test('pins and follows go back by themselves', () => {
  expect(wayBack(waiting, { pinned: true }, { ...waiting, pinned: true }, now)).toEqual({ pinned: false })
})

test('what events do not tell was not so: the server takes no null for it', () => {
  const heard = conversation('1', { pinned: null, following: null })
  expect(wayBack(heard, { pinned: true }, { ...heard, pinned: true }, now)).toEqual({ pinned: false })
  expect(wayBack(heard, { following: true }, { ...heard, following: true }, now)).toEqual({
    following: false,
  })
  const kept = { ...heard, pinned: true }
  expect(wayBack(kept, { pinned: false }, { ...kept, pinned: false }, now)).toEqual({ pinned: true })
})
