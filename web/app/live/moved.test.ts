import { QueryClient } from '@tanstack/react-query'
import { beforeEach, expect, test, vi } from 'vitest'
import { messages } from '#/api/inbox'
import { conversation, message } from '#/test/fixtures'
import { applyEvent } from './feed'
import { inbox } from './store'

vi.mock('#/api/inbox', () => ({
  conversations: { counts: async () => ({}) },
  messages: { last: vi.fn() },
}))
vi.mock('#/api/views', () => ({ savedViews: { counts: async () => ({ items: [] }) } }))

const queries = new QueryClient()
const numbered = (...seqs: number[]) => seqs.map((seq) => message(`m${seq}`, seq))
const shown = () => inbox.state.threads.get('1')?.items.map((item) => item.seq)

function moved(seq: number): void {
  const data = { conversation_id: '1', object: conversation('1', { seq }) }
  applyEvent({ event: 'messages.moved', id: '1', data }, queries)
}

beforeEach(() => {
  vi.stubGlobal('document', { hidden: true })
  vi.clearAllMocks()
  inbox.clear()
})

test('what has come to a talk that is read is read on once, and the rest stays', async () => {
  inbox.state.threads.set('1', { items: numbered(1, 2, 3), pending: [], older: false, state: 'ready' })
  vi.mocked(messages.last).mockResolvedValue({ items: numbered(3, 4, 5), next: '', pending: [] } as never)
  moved(5)
  await vi.waitFor(() => expect(shown()).toEqual([1, 2, 3, 4, 5]))
  expect(messages.last).toHaveBeenCalledTimes(1)
})

test('where more has come than is read at once, the talk is read from its end', async () => {
  inbox.state.threads.set('1', { items: numbered(1, 2), pending: [], older: false, state: 'ready' })
  vi.mocked(messages.last).mockResolvedValue({ items: numbered(8, 9), next: '', pending: [] } as never)
  moved(9)
  await vi.waitFor(() => expect(shown()).toEqual([8, 9]))
  expect(inbox.state.threads.get('1')?.older).toBe(true)
})

test('a talk that the page does not have is not read', () => {
  moved(5)
  expect(messages.last).not.toHaveBeenCalled()
})
