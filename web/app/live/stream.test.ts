import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStream, type LinkState, type LiveEvent } from './stream'

/** A server whose connections the test opens, feeds and breaks. */
function fakeServer() {
  const opened: { lastId: string; signal: AbortSignal; send: (text: string) => void; end: () => void }[] = []
  let status = 200
  let attempts = 0
  return {
    opened,
    attempts: () => attempts,
    answer(next: number) {
      status = next
    },
    open(lastId: string, signal: AbortSignal): Promise<Response> {
      attempts += 1
      if (status === 0) return Promise.reject(new TypeError('offline'))
      const encoder = new TextEncoder()
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          signal.addEventListener('abort', () => controller.error(new Error('aborted')))
          opened.push({
            lastId,
            signal,
            send: (text) => controller.enqueue(encoder.encode(text)),
            end: () => controller.close(),
          })
        },
      })
      return Promise.resolve(status === 200 ? new Response(body) : new Response(null, { status }))
    },
  }
}

function listen(server = fakeServer()) {
  const events: LiveEvent[] = []
  const states: LinkState[] = []
  const signedOut = vi.fn()
  const stream = createStream({
    open: server.open,
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
    onSignedOut: signedOut,
    backoff: (attempt) => 1_000 * (attempt + 1),
    silence: 40_000,
  })
  return { server, stream, events, states, signedOut }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('resumes after the last id it handed over', async () => {
  const { server, stream, events, states } = listen()
  stream.start('')
  await settle()
  server.opened[0]?.send('id: 5\nevent: a\ndata: 1\n\nevent: typing\ndata: 2\n\n')
  await settle()
  server.opened[0]?.end()
  await settle()
  expect(states.at(-1)).toBe('lost')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(server.opened.map((link) => link.lastId)).toEqual(['', '5'])
  expect(events.map((event) => event.event)).toEqual(['a', 'typing'])
  expect(states.at(-1)).toBe('open')
  stream.stop()
})

test('silence is a dead link, a heartbeat is not', async () => {
  const { server, stream } = listen()
  stream.start('9')
  await settle()
  await vi.advanceTimersByTimeAsync(39_000)
  server.opened[0]?.send(':\n\n')
  await vi.advanceTimersByTimeAsync(39_000)
  expect(server.opened).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(2_500)
  expect(server.opened.map((link) => link.lastId)).toEqual(['9', '9'])
  expect(server.opened[0]?.signal.aborted).toBe(true)
  stream.stop()
})

test('waits longer after each failure and starts over when told the network is back', async () => {
  const server = fakeServer()
  server.answer(0)
  const { stream } = listen(server)
  stream.start('')
  await vi.advanceTimersByTimeAsync(1_000 + 2_000 + 2_900)
  expect(server.attempts()).toBe(3)
  server.answer(200)
  stream.nudge()
  await settle()
  expect(server.opened).toHaveLength(1)
  stream.stop()
})

test('401 ends the stream and says so', async () => {
  const server = fakeServer()
  server.answer(401)
  const { stream, signedOut } = listen(server)
  stream.start('')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(signedOut).toHaveBeenCalledOnce()
})

test('a broken payload is passed over and does not move the place to resume from', async () => {
  const { server, stream, events } = listen()
  stream.start('')
  await settle()
  server.opened[0]?.send('id: 1\nevent: a\ndata: 1\n\nid: 2\nevent: b\ndata: {\n\n')
  await settle()
  server.opened[0]?.end()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(events).toHaveLength(1)
  expect(server.opened[1]?.lastId).toBe('1')
  stream.stop()
})
