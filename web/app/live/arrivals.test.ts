import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { conversations } from '#/api/inbox'
import type { Conversation } from '#/api/types'
import { conversation } from '#/test/fixtures'
import { applyEvent } from './feed'
import { type ListQuery, listKey } from './lists'
import { inbox } from './store'

vi.mock('#/api/inbox', () => ({
  conversations: { get: vi.fn(), list: vi.fn(), counts: async () => ({}) },
  messages: {},
}))
vi.mock('#/api/views', () => ({ savedViews: { counts: async () => ({ items: [] }) } }))

const all: ListQuery = { view: 'all' }
const pins: ListQuery = { view: 'all', pinned: true }
const queries = new QueryClient()
const ids = (query: ListQuery) => inbox.state.lists.get(listKey(query))?.ids

/** An event tells nothing that is the reader's alone. */
const told = (id: string, change: Partial<Conversation> = {}) =>
  conversation(id, { pinned: null, following: null, ...change })

function hear(event: string, id: string, object: Conversation | null): void {
  applyEvent({ event, id: '1', data: { conversation_id: id, object } }, queries)
}

/** The server answers when it is told to. */
function asked() {
  const answers: ((one: Conversation) => void)[] = []
  vi.mocked(conversations.get).mockImplementation(() => new Promise((resolve) => answers.push(resolve)))
  return answers
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('document', { hidden: true })
  vi.clearAllMocks()
  inbox.clear()
  for (const query of [all, pins])
    inbox.state.lists.set(listKey(query), { query, ids: [], next: '', state: 'ready' })
  inbox.state.me = '7'
  inbox.state.shownKey = listKey(all)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a pinned conversation that comes back stands among the pins, and never below them', async () => {
  const answers = asked()
  hear('conversation.updated', '1', told('1'))
  hear('conversation.updated', '1', told('1', { subject: 'later', updated_at: '2026-11-22T10:00:01Z' }))
  expect([ids(pins), ids(all), answers.length]).toEqual([[], [], 1])
  answers[0]?.(conversation('1', { pinned: true }))
  await vi.waitFor(() => expect(ids(pins)).toEqual(['1']))
  expect(ids(all)).toEqual([])
  expect(inbox.state.conversations.get('1')?.subject).toBe('later')
})

test('one that is not pinned comes into the list, without an answer too', async () => {
  vi.mocked(conversations.get).mockRejectedValueOnce(new Error('no line'))
  hear('conversation.updated', '1', told('1'))
  await vi.waitFor(() => expect(ids(all)).toEqual(['1']))
})

test('nobody is asked about what has just begun, is known, or comes into no list', () => {
  const answers = asked()
  hear('conversation.created', '1', told('1'))
  hear('conversation.updated', '1', told('1'))
  hear('conversation.updated', '2', told('2', { status: 'closed' }))
  expect(answers).toEqual([])
  expect(ids(all)).toEqual(['1'])
})

test('what was taken away before the answer does not come back', async () => {
  const answers = asked()
  hear('conversation.updated', '1', told('1'))
  hear('conversation.removed', '1', null)
  answers[0]?.(conversation('1'))
  await vi.advanceTimersByTimeAsync(0)
  expect([ids(all), inbox.state.conversations.size]).toEqual([[], 0])
})

test('of very many at once the pins are read together', async () => {
  const answers = asked()
  vi.mocked(conversations.list).mockResolvedValue({
    items: [conversation('20', { pinned: true })],
    next: '',
  } as never)
  for (let n = 1; n <= 20; n += 1) hear('conversation.updated', String(n), told(String(n)))
  expect(answers).toHaveLength(8)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(conversations.list).toHaveBeenCalledTimes(1)
  expect(ids(pins)).toEqual(['20'])
  expect(ids(all)).not.toContain('20')
})
