import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { conversations } from '#/api/inbox'
import { savedViews } from '#/api/views'
import { conversation } from '#/test/fixtures'
import { openConversation, putConversation, settle } from './change'
import { type ListQuery, listKey, listParams } from './lists'
import { loadMore } from './load'
import { refreshSaved } from './saved'
import { emptyState, type InboxState } from './state'
import { inbox } from './store'

beforeEach(() => {
  vi.stubGlobal('document', { hidden: true })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  Object.assign(inbox.state, emptyState())
})

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

test('looked at again, a view keeps what was found further back and still belongs there', async () => {
  Object.assign(inbox.state, withSaved('1', '2', '3'))
  const list = inbox.state.lists.get(key)
  if (list) inbox.state.lists.set(key, { ...list, next: 'far' })
  vi.spyOn(conversations, 'list').mockResolvedValue({ items: [waits('1', 0), waits('4', 5)], next: 'near' })
  const matches = vi.spyOn(savedViews, 'matches').mockResolvedValue({ ids: ['3'] })
  await refreshSaved(key)
  expect(matches).toHaveBeenCalledWith('5', ['2', '3'])
  expect(inbox.state.lists.get(key)).toMatchObject({ ids: ['1', '4', '3'], next: 'far' })
})

test('whoever waits for the next page hears that it did not come', async () => {
  Object.assign(inbox.state, withSaved('1'))
  const list = inbox.state.lists.get(key)
  if (list) inbox.state.lists.set(key, { ...list, next: 'far' })
  const read = vi.spyOn(conversations, 'list').mockRejectedValue(new Error('offline'))
  expect(await Promise.all([loadMore(query), loadMore(query)])).toEqual([false, false])
  expect(read).toHaveBeenCalledOnce()
  read.mockResolvedValue({ items: [waits('2', 9)], next: '' })
  expect(await loadMore(query)).toBe(true)
  expect(inbox.state.lists.get(key)).toMatchObject({ ids: ['1', '2'], next: '' })
})
