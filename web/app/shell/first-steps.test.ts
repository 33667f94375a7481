import { expect, test } from 'vitest'
import { type Progress, stepsOf } from './first-steps'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 9, minute)).toISOString()
const said = (direction: 'inbound' | 'outbound') => ({ at: at(0), direction, text: 'Hello' })
const nothing: Progress = { accounts: [], conversations: [], agents: [{ id: '1' }], invited: 0 }
const done = (progress: Partial<Progress>) =>
  stepsOf({ ...nothing, ...progress })
    .filter((step) => step.done)
    .map((step) => step.id)

test('on an empty hub nothing is done', () => {
  expect(done({})).toEqual([])
})

test('a channel, a colleague or an invitation count when they are there', () => {
  expect(done({ accounts: [{ id: '7' }] })).toEqual(['channel'])
  expect(done({ agents: [{ id: '1' }, { id: '2' }] })).toEqual(['invite'])
  expect(done({ invited: 1 })).toEqual(['invite'])
})

test.each([
  ['only they wrote', said('inbound'), at(0), ['hello']],
  ['we wrote last', said('outbound'), null, ['hello', 'answer']],
  ['they wrote again after an answer', said('inbound'), at(5), ['hello', 'answer']],
])('%s', (_, last_message, waiting_since, want) => {
  expect(done({ conversations: [{ created_at: at(0), last_message, waiting_since }] })).toEqual(want)
})
