import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Backoff } from '../src/frame/backoff'
import { Problem } from '../src/frame/problem'
import { EventParser } from '../src/frame/sse'
import { Stream } from '../src/frame/stream'
import { browser, page } from './parts'
import { FakeServer } from './server'

describe('the event parser', () => {
  const whole =
    '\uFEFF: hi\nid: 1\nevent: a\ndata: x\ndata:y\n\r\ndata: z\r\rid: 2\r\nevent: b\r\n\r\nid: 3\ndata: cut'
  const expected = [
    { id: '1', event: 'a', data: 'x\ny' },
    { id: null, event: 'message', data: 'z' },
    { id: '2', event: 'b', data: '' },
  ]

  it('reads every kind of line end, comments and halves', () => {
    expect(new EventParser().push(whole)).toEqual(expected)
  })

  it('gives the same events however the text is cut', () => {
    for (let size = 1; size < 12; size++) {
      const parser = new EventParser()
      const events = []
      for (let at = 0; at < whole.length; at += size) events.push(...parser.push(whole.slice(at, at + size)))
      expect(events, `chunks of ${size}`).toEqual(expected)
    }
  })

  it('ignores an id that holds a NUL, as the standard says', () => {
    expect(new EventParser().push('id: a\0b\ndata: x\n\n')).toEqual([
      { id: null, event: 'message', data: 'x' },
    ])
  })
})

describe('the stream', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)
  const idle = {
    onEvent: () => undefined,
    onUp: () => undefined,
    onDown: () => undefined,
    onAuth: () => undefined,
  }

  it('goes on after the last event it saw', async () => {
    const server = new FakeServer()
    const { chat } = page(server)
    await chat.write('hello', [])
    await settle()
    server.agent('one')
    await settle()
    server.cut()
    server.agent('two')
    await settle(2000)
    expect(chat.snapshot().messages.map(({ text }) => text)).toEqual(['hello', 'one', 'two'])
    const opened = server.seen.filter(({ path }) => path === '/events').map(({ last }) => last)
    expect(opened).toEqual(['', '2'])
  })

  it('shows after a reload what was said meanwhile', async () => {
    const server = new FakeServer()
    const kept = browser()
    await page(server, kept).chat.write('hello', [])
    await settle()
    server.agent('are you there?')
    const { chat, told } = page(server, kept)
    chat.start()
    await settle()
    expect(chat.snapshot().messages.map(({ text }) => text)).toEqual(['hello', 'are you there?'])
    expect(told).toContainEqual({ type: 'unread', count: 1 })
  })

  it('asks for new addresses of files, but not again and again', async () => {
    const server = new FakeServer()
    const { chat } = page(server)
    await chat.write('see', [new File(['tea'], 'tea.txt')])
    await settle()
    const [message] = server.messages
    if (message) server.messages = [{ ...message, text: 'see, renewed' }]
    const asked = server.count('GET', '/messages')
    for (let failed = 0; failed < 5; failed++) chat.refresh()
    await settle()
    expect(server.count('GET', '/messages')).toBe(asked + 1)
    expect(chat.snapshot().messages.map(({ text }) => text)).toEqual(['see, renewed'])
  })

  it('says when there is no such chat', async () => {
    const server = new FakeServer()
    server.faults = [{ path: '/config', fault: 'refuse' }]
    const { chat } = page(server)
    chat.start()
    await settle()
    expect(chat.snapshot().gone).toBe(true)
  })

  it('starts anew when the server no longer knows the place', async () => {
    const server = new FakeServer()
    const { chat } = page(server)
    await chat.write('hello', [])
    await settle()
    const silently = server.agent('missed')
    server.messages = [silently]
    server.raw('event: reset\ndata:\n\n')
    await settle()
    expect(chat.snapshot().messages.map(({ text }) => text)).toEqual(['missed'])
  })

  it('hangs up on a line that is silent for too long and comes back', async () => {
    const open = vi.fn(async (_: string, signal: AbortSignal) => {
      const body = new ReadableStream({
        start: (controller) => signal.addEventListener('abort', () => controller.error(new Error('aborted'))),
      })
      return new Response(body)
    })
    const stream = new Stream({ open, backoff: new Backoff(1000, 1000, () => 1), ...idle })
    stream.start()
    await settle(44_000)
    expect(open).toHaveBeenCalledTimes(1)
    await settle(3000)
    expect(open).toHaveBeenCalledTimes(2)
    stream.stop()
  })

  it('stops for a token that is gone, and does not knock again', async () => {
    const open = vi.fn(() => Promise.reject(new Problem('auth', 'gone')))
    const onAuth = vi.fn()
    const stream = new Stream({ open, backoff: new Backoff(), ...idle, onAuth })
    stream.start()
    await settle(120_000)
    expect(open).toHaveBeenCalledTimes(1)
    expect(onAuth).toHaveBeenCalledTimes(1)
    expect(stream.running).toBe(false)
  })

  it('spreads its attempts and obeys Retry-After', async () => {
    expect(new Backoff(1000, 30_000, () => 0).next()).toBe(500)
    expect(new Backoff(1000, 30_000, () => 1).next()).toBe(1000)
    expect(new Backoff(1000, 30_000, () => 1).next(9000)).toBe(9000)
    const long = new Backoff(1000, 30_000, () => 1)
    for (let i = 0; i < 50; i++) long.next()
    expect(long.next()).toBe(30_000)
  })

  it('shows who is typing, and forgets it by itself or when the answer comes', async () => {
    const server = new FakeServer()
    const { chat } = page(server)
    await chat.write('hello', [])
    await settle()
    server.raw('event: typing\ndata: {"name":"Ann"}\n\n')
    await settle()
    expect(chat.snapshot().typing).toBe('Ann')
    await settle(6000)
    expect(chat.snapshot().typing).toBeNull()
    server.raw('event: typing\ndata: {"name":"Ann"}\n\n')
    server.agent('here')
    await settle()
    expect(chat.snapshot().typing).toBeNull()
  })
})
