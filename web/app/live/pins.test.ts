import { beforeEach, expect, test } from 'vitest'
import { conversation } from '#/test/fixtures'
import { editConversation, putConversation } from './change'
import { type ListQuery, listKey, listParams, matches } from './lists'
import { emptyState, type InboxState } from './state'

let state: InboxState

const ids = (query: ListQuery) => state.lists.get(listKey(query))?.ids
const all: ListQuery = { view: 'all' }
const pins: ListQuery = { view: 'all', pinned: true }

beforeEach(() => {
  state = emptyState()
  for (const query of [all, pins, { view: 'spam' as const }, { view: 'following' as const }])
    state.lists.set(listKey(query), { query, ids: [], next: '', state: 'ready' })
  putConversation(state, conversation('1'))
  putConversation(state, conversation('2'))
})

test('what is pinned stands above the list, and comes back into it', () => {
  editConversation(state, '1', { pinned: true })
  expect([ids(pins), ids(all)]).toEqual([['1'], ['2']])
  editConversation(state, '1', { pinned: false })
  expect(ids(pins)).toEqual([])
  expect(ids(all)?.toSorted()).toEqual(['1', '2'])
})

test('an open conversation moves when it is pinned, and stays when it is closed', () => {
  state.openId = '1'
  editConversation(state, '1', { pinned: true })
  expect([ids(pins), ids(all)]).toEqual([['1'], ['2']])
  editConversation(state, '1', { status: 'closed' })
  expect(ids(pins)).toEqual(['1'])
})

test('spam is in no list but its own, pinned or not', () => {
  editConversation(state, '1', { pinned: true, following: true })
  editConversation(state, '1', { spam: true, status: 'closed' })
  expect([ids(pins), ids(all), ids({ view: 'following' }), ids({ view: 'spam' })]).toEqual([
    [],
    ['2'],
    [],
    ['1'],
  ])
})

test('events do not tell what is the reader’s alone', () => {
  editConversation(state, '1', { pinned: true, following: true })
  putConversation(state, conversation('1', { pinned: null, following: null, subject: 'new' }))
  expect(state.conversations.get('1')).toMatchObject({ pinned: true, following: true, subject: 'new' })
})

test('every list but that of spam leaves pins out', () => {
  expect(listParams(all).pinned).toBe('false')
  expect(listParams(pins).pinned).toBe('true')
  expect(listParams({ view: 'spam' })).toMatchObject({ spam: true, pinned: undefined, status: undefined })
  expect(matches(conversation('3', { following: true }), { view: 'following', pinned: true }, '9')).toBe(
    false,
  )
})
