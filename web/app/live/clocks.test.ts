import { expect, test } from 'vitest'
import { conversation } from '#/test/fixtures'
import { putConversation } from './change'
import { emptyState } from './state'

const clock = (ended_at: string | null, updated_at: string) => ({
  metric: 'first_response' as const,
  state: ended_at ? ('met' as const) : ('running' as const),
  due_at: '2026-11-22T10:30:00Z',
  warn_at: null,
  ended_at,
  updated_at,
  policy_id: '1',
})

test('an answer that lacks what clocks did meanwhile does not bring them back', () => {
  const state = emptyState()
  const running = { clocks: [clock(null, '2026-11-22T10:00:00Z')], due_at: '2026-11-22T10:30:00Z' }
  const ended = { clocks: [clock('2026-11-22T10:05:00Z', '2026-11-22T10:05:00Z')], due_at: null }
  const at = { updated_at: '2026-11-22T10:05:00Z' }
  putConversation(state, conversation('1', { ...running, updated_at: '2026-11-22T10:00:00Z' }))
  putConversation(state, conversation('1', { ...ended, ...at, unanswered: false }))
  putConversation(state, conversation('1', { ...running, ...at, unanswered: false }))
  expect(state.conversations.get('1')).toMatchObject({ ...ended, unanswered: false })
})

test('a clock that begins anew takes the place of the one that ended', () => {
  const state = emptyState()
  putConversation(
    state,
    conversation('1', { clocks: [clock('2026-11-22T10:05:00Z', '2026-11-22T10:05:00Z')] }),
  )
  const next = [clock(null, '2026-11-22T10:06:00Z')]
  putConversation(state, conversation('1', { clocks: next, updated_at: '2026-11-22T10:06:00Z' }))
  expect(state.conversations.get('1')?.clocks).toEqual(next)
})
