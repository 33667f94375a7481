import { expect, test } from 'vitest'
import { conversation, message } from '#/test/fixtures'
import {
  clearTyping,
  dropConversation,
  dropMessage,
  editConversation,
  expireMarks,
  openConversation,
  putConversation,
  putMark,
  putMessage,
  putPage,
} from './change'
import { type ListQuery, listKey, listParams, matches, place } from './lists'
import { emptyState, type InboxState } from './state'
import { createStore } from './store'

function withList(query: ListQuery, ...ids: string[]): InboxState {
  const state = emptyState()
  state.me = '7'
  for (const [index, id] of ids.entries()) {
    const at = new Date(Date.UTC(2026, 10, 22, 10, 59 - index)).toISOString()
    state.conversations.set(id, conversation(id, { last_message: { text: '', direction: 'inbound', at } }))
  }
  state.lists.set(listKey(query), { query, ids, next: '', state: 'ready' })
  return state
}

const unanswered: ListQuery = { view: 'unanswered' }
const shown = (state: InboxState, query = unanswered) => state.lists.get(listKey(query))?.ids

test('a hundred events in a frame are one notice', () => {
  let run = () => {}
  const store = createStore((next) => {
    run = next
  })
  let notices = 0
  store.subscribe(() => (notices += 1))
  for (let n = 0; n < 100; n += 1) store.change((state) => putConversation(state, conversation(String(n))))
  expect(notices).toBe(0)
  run()
  expect(notices).toBe(1)
  expect(store.state.conversations.size).toBe(100)
})

test('an older copy never overwrites a newer one, whatever the length of its fraction', () => {
  const state = emptyState()
  putConversation(state, conversation('1', { subject: 'new', updated_at: '2026-11-22T10:00:00.5Z' }))
  putConversation(state, conversation('1', { subject: 'old', updated_at: '2026-11-22T10:00:00Z' }))
  expect(state.conversations.get('1')?.subject).toBe('new')
})

test('what was read stays read', () => {
  const state = emptyState()
  putConversation(state, conversation('1', { seq: 5, read_seq: 5 }))
  putConversation(state, conversation('1', { seq: 6, read_seq: 0, updated_at: '2026-11-22T11:00:00Z' }))
  expect(state.conversations.get('1')?.read_seq).toBe(5)
})

test('a new message lifts its conversation to the top of a list', () => {
  const state = withList(unanswered, '1', '2', '3')
  const last_message = { text: 'x', direction: 'inbound' as const, at: '2026-11-22T12:00:00Z' }
  putConversation(state, conversation('3', { last_message, updated_at: '2026-11-22T12:00:00Z' }))
  expect(shown(state)).toEqual(['3', '1', '2'])
})

test('an answered conversation leaves the queue, unless it is open', () => {
  const state = withList(unanswered, '1', '2', '3')
  openConversation(state, '2')
  editConversation(state, '1', { unanswered: false })
  editConversation(state, '2', { unanswered: false })
  expect(shown(state)).toEqual(['2', '3'])
  openConversation(state, '3')
  expect(shown(state)).toEqual(['3'])
})

test('a conversation behind the loaded part stays out of it', () => {
  const state = withList(unanswered, '1')
  const list = { query: unanswered, ids: ['1'], next: 'cursor', state: 'ready' as const }
  const last_message = { text: '', direction: 'inbound' as const, at: '2020-01-01T00:00:00Z' }
  expect(place(state, list, conversation('9', { last_message })).ids).toEqual(['1'])
})

test('a conversation that may no longer be seen is gone everywhere', () => {
  const state = withList(unanswered, '1', '2')
  dropConversation(state, '1')
  expect(shown(state)).toEqual(['2'])
  expect(state.conversations.has('1')).toBe(false)
})

test.each<[string, ListQuery, Parameters<typeof conversation>[1], boolean | undefined]>([
  ['mine', { view: 'mine' }, { assignee_id: '7' }, true],
  ['not mine', { view: 'mine' }, { assignee_id: '8' }, false],
  ['unassigned', { view: 'unassigned' }, {}, true],
  ['closed is not open', { view: 'all' }, { status: 'closed' }, false],
  ['pending is open', { view: 'all' }, { status: 'pending' }, true],
  ['any status', { view: 'all', status: 'any' }, { status: 'closed' }, true],
  ['label', { view: 'all', label: '4' }, { labels: ['4'] }, true],
  ['unread', { view: 'all', unread: true }, { seq: 3, read_seq: 3 }, false],
  ['merged', { view: 'all' }, { merged_into: '2' }, false],
  ['a search is the server’s to judge', { view: 'all', q: 'x' }, {}, undefined],
])('matches: %s', (_, query, change, want) => {
  expect(matches(conversation('1', change), query, '7')).toBe(want)
})

test('the server is asked for what the view means', () => {
  expect(listParams({ view: 'unanswered' })).toMatchObject({ unanswered: true, status: 'open,pending' })
  expect(listParams({ view: 'snoozed', status: 'closed' })).toMatchObject({ status: 'snoozed' })
  expect(listParams({ view: 'mine', status: 'any' })).toMatchObject({ assignee: 'me', status: '' })
})

function withThread(...items: ReturnType<typeof message>[]): InboxState {
  const state = emptyState()
  state.threads.set('1', { items, pending: [], older: false, state: 'ready' })
  return state
}

test('the stored message takes the place of the one just written', () => {
  const state = withThread(message('a', 1))
  putMessage(state, message('local:c', null, { client_id: 'c' }))
  putMessage(state, message('b', null, { client_id: 'c', release_at: '2026-11-22T10:00:10Z' }))
  expect(state.threads.get('1')?.pending.map((item) => item.id)).toEqual(['b'])
  putMessage(state, message('b', 2, { client_id: 'c' }))
  putMessage(state, message('b', 2, { client_id: 'c' }))
  expect(state.threads.get('1')?.pending).toEqual([])
  expect(state.threads.get('1')?.items.map((item) => item.id)).toEqual(['a', 'b'])
})

test('a gap in the sequence is noticed', () => {
  const state = withThread(message('a', 1))
  expect(putMessage(state, message('b', 2))).toBe(true)
  expect(putMessage(state, message('d', 4))).toBe(false)
})

test('a message taken back disappears', () => {
  const state = withThread(message('a', 1))
  putMessage(state, message('b', null))
  dropMessage(state, '1', 'b')
  expect(state.threads.get('1')?.pending).toEqual([])
})

test('marks expire, and typing ends with what was typed', () => {
  const state = emptyState()
  const mark = {
    key: 'visitor',
    conversation: '1',
    what: 'typing',
    kind: 'visitor',
    name: '',
    text: '',
  } as const
  putMark(state, mark, 0)
  putMark(state, { ...mark, text: 'more' }, 1_000)
  expect(state.marks).toHaveLength(1)
  expireMarks(state, 6_500)
  expect(state.marks).toHaveLength(1)
  expireMarks(state, 7_500)
  expect(state.marks).toHaveLength(0)
  putMark(state, mark, 0)
  clearTyping(state, message('x', 1, { direction: 'outbound' }))
  expect(state.marks).toHaveLength(1)
  clearTyping(state, message('x', 1))
  expect(state.marks).toHaveLength(0)
})

test('a long list stays in order, whatever stands out of it because it is open', () => {
  const ids = Array.from({ length: 200 }, (_, index) => String(index))
  for (const open of ['0', '99', '100', '199']) {
    const state = withList({ view: 'all' }, ...ids)
    openConversation(state, open)
    // It stopped matching and its time changed, yet it stays where it was.
    editConversation(state, open, {
      status: 'closed',
      last_message: { text: '', direction: 'inbound', at: '2026-11-21T00:00:00Z' },
    })
    for (let n = 0; n < 400; n += 1) {
      const id = String((n * 37 + 11) % 200)
      if (id === open) continue
      const at = new Date(Date.UTC(2026, 10, 22, 8, (n * 53) % 180, n % 60)).toISOString()
      editConversation(state, id, { last_message: { text: '', direction: 'inbound', at } })
    }
    const list = (shown(state, { view: 'all' }) ?? []).filter((id) => id !== open)
    const times = list.map((id) => Date.parse(state.conversations.get(id)?.last_message?.at ?? ''))
    expect(list).toHaveLength(199)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
  }
})

test('a page keeps the order of the server, and leaves out what has changed since', () => {
  const state = withList(unanswered, '1', '2', '3')
  putConversation(state, conversation('2', { unanswered: false, updated_at: '2026-11-22T11:00:00Z' }))
  const list = { query: unanswered, ids: ['3', '2', '1'], next: '', state: 'ready' as const }
  state.lists.set(listKey(unanswered), list)
  putPage(
    state,
    ['3', '2', '1'].map((id) => conversation(id)),
    listKey(unanswered),
  )
  expect(shown(state)).toEqual(['3', '1'])
})

test('a new answer of ours takes the mark of the failed one away, the contact does not', () => {
  const state = emptyState()
  putConversation(state, conversation('1', { trouble: 'failed' }))
  state.threads.set('1', { items: [message('1', 1)], pending: [], older: false, state: 'ready' })
  putMessage(state, message('2', 2))
  expect(state.conversations.get('1')?.trouble).toBe('failed')
  putMessage(state, message('3', 3, { direction: 'outbound', state: 'queued' }))
  expect(state.conversations.get('1')?.trouble).toBeUndefined()
})
