import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { messages } from '#/api/inbox'
import { Problem } from '#/api/problem'
import { openThread } from '#/live/load'
import { inbox } from '#/live/store'
import { conversation, message } from '#/test/fixtures'
import { intent } from './intent'

vi.mock('#/api/inbox', () => ({ conversations: {}, messages: { last: vi.fn() } }))

const asked = () => vi.mocked(messages.last).mock.calls.map(([id]) => id)
const thread = (id: string) => inbox.state.threads.get(id)?.state
const page = (id: string) => ({ items: [message(id, 1)], pending: [], next: '' }) as never

const here = { matches: () => true }

/** Somebody comes to a row, and stays for so long. */
async function stay(id: string, ms: number): Promise<void> {
  intent.begin(id, here)
  await vi.advanceTimersByTimeAsync(ms)
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('document', { hidden: true })
  vi.clearAllMocks()
  vi.mocked(messages.last).mockImplementation(async (id) => page(id))
  inbox.clear()
  inbox.state.link = 'open'
  for (const id of ['1', '2', '3', '4']) inbox.state.conversations.set(id, conversation(id))
})
afterEach(async () => {
  for (const id of ['1', '2', '3', '4']) intent.end(id)
  await vi.runAllTimersAsync()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('what was said is read once somebody stays at a row, and not again', async () => {
  await stay('1', 69)
  expect(asked()).toEqual([])
  await stay('1', 1)
  expect([asked(), thread('1')]).toEqual([['1'], 'ready'])
  await stay('1', 1_000)
  intent.end('1')
  await stay('1', 1_000)
  expect(asked()).toEqual(['1'])
})

test('who passes by asks for nothing until they stay', async () => {
  for (let n = 0; n < 100; n++) await stay(['1', '2', '3'][n % 3] ?? '', 33)
  expect(asked()).toEqual([])
  await stay('4', 70)
  expect(asked()).toEqual(['4'])
})

test('a key that is held down asks for nothing until it is let go', async () => {
  for (let n = 0; n < 50; n++) {
    intent.begin(['1', '2', '3'][n % 3] ?? '')
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(asked()).toEqual([])
  await vi.advanceTimersByTimeAsync(50)
  expect(asked()).toEqual(['2'])
})

test('who has left asks for nothing, but leaving another row changes nothing', async () => {
  intent.begin('1', here)
  intent.end('1')
  await stay('2', 30)
  intent.end('1')
  await vi.advanceTimersByTimeAsync(40)
  expect(asked()).toEqual(['2'])
})

test('a row that went away under the pointer asks for nothing', async () => {
  let there = true
  const row = { matches: () => there }
  intent.begin('1', row)
  there = false
  await vi.advanceTimersByTimeAsync(70)
  expect(asked()).toEqual([])
  there = true
  intent.begin('1', row)
  await vi.advanceTimersByTimeAsync(70)
  expect(asked()).toEqual(['1'])
})

test('one is read at a time, and then the one where somebody is by now', async () => {
  let answer = (_: never): void => {}
  vi.mocked(messages.last).mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)))
  await stay('1', 70)
  await stay('2', 200)
  await stay('3', 200)
  expect(asked()).toEqual(['1'])
  answer(page('1'))
  await vi.advanceTimersByTimeAsync(70)
  expect(asked()).toEqual(['1', '3'])
})

test('a press while it is read waits for the same reading', async () => {
  let answer = (_: never): void => {}
  vi.mocked(messages.last).mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)))
  await stay('1', 70)
  const opened = openThread('1')
  answer(page('1'))
  await opened
  expect([asked(), thread('1')]).toEqual([['1'], 'ready'])
})

test.each<[string, () => void]>([
  ['without a connection', () => (inbox.state.link = 'lost')],
  ['after somebody signed out', () => inbox.clear()],
  ['of a conversation that is gone', () => inbox.state.conversations.delete('1')],
])('nothing is read %s', async (_, happens) => {
  intent.begin('1')
  happens()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked()).toEqual([])
})

test('of a reading that failed nothing is left where nobody opened it', async () => {
  vi.mocked(messages.last).mockRejectedValueOnce(new Problem(404, {}))
  await stay('1', 70)
  expect([asked(), thread('1')]).toEqual([['1'], undefined])
  await openThread('1')
  expect([asked(), thread('1')]).toEqual([['1', '1'], 'ready'])
})

test('who opened it meanwhile is told that it failed, and the next row is read all the same', async () => {
  let fail = (_: Problem): void => {}
  vi.mocked(messages.last).mockImplementationOnce(() => new Promise((_, reject) => (fail = reject)))
  await stay('1', 70)
  inbox.state.openId = '1'
  fail(new Problem(0, {}))
  await stay('2', 70)
  expect([thread('1'), thread('2')]).toEqual(['error', 'ready'])
})

test('what was written there meanwhile is not forgotten with a reading that failed', async () => {
  let fail = (_: Problem): void => {}
  vi.mocked(messages.last).mockImplementationOnce(() => new Promise((_, reject) => (fail = reject)))
  await stay('1', 70)
  const waits = message('local:x', null)
  inbox.state.threads.set('1', { items: [], pending: [waits], older: false, state: 'loading' })
  fail(new Problem(0, {}))
  await vi.advanceTimersByTimeAsync(0)
  expect(inbox.state.threads.get('1')?.pending).toEqual([waits])
})
