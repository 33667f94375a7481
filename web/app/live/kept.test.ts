import { QueryClient } from '@tanstack/react-query'
import { beforeEach, expect, test, vi } from 'vitest'
import { messages } from '#/api/inbox'
import { conversation, message } from '#/test/fixtures'
import { applyEvent } from './feed'
import { hold, keptMost } from './kept'
import { emptyThread, loadThread } from './load'
import { inbox } from './store'

vi.mock('#/api/inbox', () => ({
  conversations: { counts: async () => ({}) },
  messages: { last: vi.fn() },
}))
vi.mock('#/api/views', () => ({ savedViews: { counts: async () => ({ items: [] }) } }))

const has = (id: string) => inbox.state.threads.has(id)

/** Reads so many threads, from an id on. */
async function read(from: number, many: number): Promise<void> {
  for (let id = from; id < from + many; id++) await loadThread(String(id))
}

beforeEach(() => {
  vi.stubGlobal('document', { hidden: true })
  vi.mocked(messages.last).mockImplementation(
    async (id) => ({ items: [message(id, 1)], pending: [], next: '' }) as never,
  )
  inbox.clear()
  vi.mocked(messages.last).mockClear()
})

test('the threads that were read last are kept', async () => {
  await read(1, keptMost)
  expect([inbox.state.threads.size, has('1')]).toEqual([keptMost, true])
  await loadThread('1')
  await loadThread('1000')
  expect([has('1'), has('2'), has('3')]).toEqual([true, false, true])
})

test('what is open, held, being read or about to leave stays, and counts for nothing', async () => {
  const close = hold(['2', '5'])
  const again = hold(['2'])
  inbox.state.openId = '1'
  await read(1, 2)
  inbox.state.threads.set('3', { ...emptyThread, state: 'ready', pending: [message('local:x', null)] })
  inbox.state.threads.set('4', emptyThread)
  await read(1000, keptMost)
  expect(['1', '2', '3', '4', '1000'].map(has)).toEqual([true, true, true, true, true])
  await loadThread('2000')
  expect(['1', '2', '3', '4', '1000', '1001'].map(has)).toEqual([true, true, true, true, false, true])
  close()
  await loadThread('2001')
  expect(has('2')).toBe(true)
  again()
  await loadThread('2002')
  expect(has('2')).toBe(false)
})

test('a conversation that stood in no list goes with its thread, one in a list stays', async () => {
  const query = { view: 'all' } as const
  inbox.state.lists.set('all', { query, ids: ['2'], next: '', state: 'ready' })
  for (const id of ['1', '2']) inbox.state.conversations.set(id, conversation(id))
  await read(1, keptMost + 2)
  expect([has('1'), has('2')]).toEqual([false, false])
  expect([...inbox.state.conversations.keys()]).toEqual(['2'])
})

test('what waits to leave is still there when the thread could not be read', async () => {
  const waits = message('local:x', null)
  inbox.state.threads.set('1', { ...emptyThread, pending: [waits] })
  vi.mocked(messages.last).mockRejectedValueOnce(new Error('no answer'))
  await loadThread('1')
  expect(inbox.state.threads.get('1')).toEqual({ ...emptyThread, pending: [waits], state: 'error' })
})

test('a kept thread hears what comes, and after a gap what nobody has open is let go rather than read again', async () => {
  const queries = new QueryClient()
  await read(1, 20)
  inbox.state.openId = '7'
  const object = { ...message('m2', 2), conversation_id: '3' }
  applyEvent({ event: 'message.created', id: '1', data: { conversation_id: '3', object } }, queries)
  expect(inbox.state.threads.get('3')?.items.map((item) => item.seq)).toEqual([1, 2])
  vi.mocked(messages.last).mockClear()
  applyEvent({ event: 'reset', id: '2', data: null }, queries)
  expect([...inbox.state.threads.keys()]).toEqual(['7'])
  await vi.waitFor(() => expect(vi.mocked(messages.last).mock.calls).toEqual([['7']]))
})
