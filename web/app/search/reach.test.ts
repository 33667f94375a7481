import { beforeEach, expect, test, vi } from 'vitest'
import { emptyThread, loadOlder } from '#/live/load'
import { inbox } from '#/live/store'
import { message } from '#/test/fixtures'
import { reach } from './reach'

vi.mock('#/live/load', () => ({ emptyThread: { items: [], pending: [], older: false }, loadOlder: vi.fn() }))

// The store tells its listeners with the next frame.
Object.assign(globalThis, { document: { hidden: false }, requestAnimationFrame: queueMicrotask })

const older = vi.mocked(loadOlder)

function show(seq: number): void {
  inbox.change((state) => {
    const items = [message(String(seq), seq)]
    state.threads.set('1', { ...emptyThread, items, older: seq > 1, state: 'ready' })
  })
}

const link = (state: 'open' | 'connecting') =>
  inbox.change((now) => {
    now.link = state
  })

beforeEach(() => {
  older.mockReset()
  show(500)
  link('open')
})

test('a thread is read back until the message is there', async () => {
  older.mockImplementation(async () => show((inbox.state.threads.get('1')?.items[0]?.seq ?? 0) - 200))
  await reach('1', 150, new AbortController().signal)
  expect(older).toHaveBeenCalledTimes(2)
})

test('what is refused is not asked for again before the line is back', async () => {
  older.mockRejectedValueOnce(new Error('no line'))
  older.mockImplementation(async () => show(1))
  const done = reach('1', 150, new AbortController().signal)
  await vi.waitFor(() => expect(older).toHaveBeenCalled())
  link('connecting')
  await new Promise(setImmediate)
  expect(older).toHaveBeenCalledTimes(1)
  link('open')
  await done
  expect(older).toHaveBeenCalledTimes(2)
})

test('whoever leaves waits no longer', async () => {
  older.mockRejectedValue(new Error('busy'))
  const leaving = new AbortController()
  const done = reach('1', 150, leaving.signal)
  await vi.waitFor(() => expect(older).toHaveBeenCalled())
  leaving.abort()
  await done
  expect(older).toHaveBeenCalledTimes(1)
})
