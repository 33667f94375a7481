import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { beforeEach, expect, test, vi } from 'vitest'
import { conversations, messages } from '#/api/inbox'
import { conversation, message } from '#/test/fixtures'
import { reconnected } from './feed'
import { listKey } from './lists'
import { loadList, loadThread } from './load'
import { inbox } from './store'

vi.mock('#/api/inbox', () => ({
  conversations: { counts: async () => ({}), length: async () => ({ count: 1 }), list: vi.fn() },
  messages: { last: vi.fn() },
}))

beforeEach(() => {
  vi.stubGlobal('document', { hidden: true })
  inbox.clear()
})

test('what is shown and could not be read is read again, and nothing else', async () => {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const failing = vi.fn(async () => {
    if (failing.mock.calls.length === 1) throw new Error('away')
    return 'read'
  })
  const read = vi.fn(async () => 'read')
  const [lost, whole] = [
    { queryKey: ['lost'], queryFn: failing },
    { queryKey: ['whole'], queryFn: read },
  ].map((options) => new QueryObserver(queries, options))
  const leave = [lost, whole].map((one) => one?.subscribe(() => undefined))
  await vi.waitFor(() =>
    expect([lost, whole].map((one) => one?.getCurrentResult().status)).toEqual(['error', 'success']),
  )

  reconnected(queries)
  await vi.waitFor(() => expect(lost?.getCurrentResult().data).toBe('read'))
  expect(read).toHaveBeenCalledOnce()
  for (const stop of leave) stop?.()
})

test('the list and the conversation on the screen that could not be read are read again', async () => {
  const query = { view: 'all' } as const
  vi.mocked(conversations.list).mockRejectedValueOnce(new Error('away'))
  vi.mocked(messages.last).mockRejectedValue(new Error('away'))
  inbox.state.shownKey = listKey(query)
  inbox.state.openId = '1'
  await Promise.all([loadList(query), loadThread('1'), loadThread('2')])
  const states = () =>
    [inbox.state.lists.get(listKey(query)), inbox.state.threads.get('1')].map((one) => one?.state)
  expect(states()).toEqual(['error', 'error'])

  vi.mocked(conversations.list).mockResolvedValue({ items: [conversation('1')], next: '', prev: '' } as never)
  vi.mocked(messages.last).mockClear()
  vi.mocked(messages.last).mockResolvedValue({ items: [message('1', 1)], pending: [], next: '' } as never)
  reconnected(new QueryClient())
  await vi.waitFor(() => expect(states()).toEqual(['ready', 'ready']))
  // Nobody looks at the other one.
  expect(vi.mocked(messages.last).mock.calls.map(([id]) => id)).toEqual(['1'])

  reconnected(new QueryClient())
  expect([conversations.list, messages.last].map((one) => vi.mocked(one).mock.calls.length)).toEqual([2, 1])
})
