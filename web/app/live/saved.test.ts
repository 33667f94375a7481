import { expect, test } from 'vitest'
import { conversation } from '#/test/fixtures'
import { openConversation, putConversation, settle } from './change'
import { type ListQuery, listKey, listParams } from './lists'
import { emptyState, type InboxState } from './state'

const query: ListQuery = { view: 'unanswered', saved: '5', order: 'oldest' }
const key = listKey(query)
const waits = (id: string, minute: number) =>
  conversation(id, {
    unanswered: true,
    waiting_since: new Date(Date.UTC(2026, 10, 22, 10, minute)).toISOString(),
  })

function withSaved(...ids: string[]): InboxState {
  const state = emptyState()
  for (const [index, id] of ids.entries()) state.conversations.set(id, waits(id, index * 10))
  state.lists.set(key, { query, ids, next: '', state: 'ready' })
  return state
}

const shown = (state: InboxState) => state.lists.get(key)?.ids

test('a saved view asks for itself, in its own order, whatever the status', () => {
  expect(listParams(query)).toMatchObject({
    view: '5',
    assignee: undefined,
    unanswered: undefined,
    status: '',
  })
  expect(listKey(query)).not.toBe(listKey({ view: 'unanswered' }))
})

test('only the server says what belongs to it', () => {
  const state = withSaved('1', '2')
  putConversation(state, waits('3', 5))
  expect(shown(state)).toEqual(['1', '2'])
  settle(state, key, ['1', '3'], new Set(['3']))
  expect(shown(state)).toEqual(['3', '2'])
})

test('the open one stays until it is left', () => {
  const state = withSaved('1', '2')
  openConversation(state, '1')
  settle(state, key, ['1'], new Set())
  expect(shown(state)).toEqual(['1', '2'])
  openConversation(state, null)
  settle(state, key, ['1'], new Set())
  expect(shown(state)).toEqual(['2'])
})

test('a filter beside the view is judged here', () => {
  const filtered = { ...query, account: '9' }
  const state = withSaved()
  state.lists.set(listKey(filtered), { query: filtered, ids: [], next: '', state: 'ready' })
  putConversation(state, waits('1', 0))
  settle(state, listKey(filtered), ['1'], new Set(['1']))
  expect(state.lists.get(listKey(filtered))?.ids).toEqual([])
})
