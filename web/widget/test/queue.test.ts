import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { browser, page } from './parts'
import { FakeServer } from './server'

const posts = (server: FakeServer): number => server.count('POST', '/messages')

describe('the queue', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

  it('makes a visitor with the first message and not before', async () => {
    const server = new FakeServer()
    const { chat } = page(server)
    chat.start()
    await settle()
    expect(server.visitors).toHaveLength(0)
    await chat.write('hello', [])
    await settle()
    expect(server.visitors).toHaveLength(1)
    expect(server.messages.map(({ text }) => text)).toEqual(['hello'])
    expect(chat.snapshot().pending).toEqual([])
  })

  it('tells which button an answer is', async () => {
    const server = new FakeServer()
    const { chat } = page(server)
    chat.start()
    await chat.write('Yes', [], { message_id: '7', data: 'y' })
    await settle()
    expect(server.posted.at(-1)).toMatchObject({ text: 'Yes', press: { message_id: '7', data: 'y' } })
  })

  it('keeps what was written without a network and sends it in order when the network is back', async () => {
    const server = new FakeServer()
    const { chat, online } = page(server)
    chat.start()
    await settle()
    online.now = false
    server.faults = [{ path: '/visitors', fault: 'cut' }]
    for (const text of ['one', 'two', 'three']) await chat.write(text, [])
    await settle()
    expect(chat.snapshot()).toMatchObject({ online: false, messages: [] })
    expect(chat.snapshot().pending.map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    online.now = true
    chat.network()
    await settle()
    expect(server.messages.map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    expect(chat.snapshot()).toMatchObject({ online: true, pending: [] })
  })

  it('sends once what was stored although its answer got lost, also over a reload', async () => {
    const server = new FakeServer()
    const kept = browser()
    const first = page(server, kept)
    server.faults = [{ path: '/messages', fault: 'lost answer' }]
    await first.chat.write('only once', [])
    await settle()
    const waiting = first.chat.snapshot().pending
    expect(waiting).toHaveLength(1)
    expect(server.messages).toHaveLength(1)

    const second = page(server, kept)
    second.chat.start()
    await settle()
    expect(posts(server)).toBe(2)
    expect(server.messages.map(({ client_id }) => client_id)).toEqual([waiting[0]?.clientId])
    expect(second.chat.snapshot().messages).toHaveLength(1)
    expect(second.chat.snapshot().pending).toEqual([])
  })

  it('does not double when two tabs find the same queue', async () => {
    const server = new FakeServer()
    const kept = browser()
    server.faults = [{ path: '/visitors', fault: 'cut' }]
    await page(server, kept).chat.write('from one tab', [])
    await settle()
    page(server, kept).chat.start()
    page(server, kept).chat.start()
    await settle()
    expect(server.messages).toHaveLength(1)
  })

  it('waits longer after each failure and never less than the server asks', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1)
    const server = new FakeServer()
    const { chat } = page(server)
    server.faults = (['busy', 'busy', 'busy for 9 s'] as const).map((fault) => ({ path: '/messages', fault }))
    await chat.write('patience', [])
    await settle()
    const pauses = [1000, 2000, 9000]
    for (const [failures, pause] of pauses.entries()) {
      await settle(pause - 1)
      expect(posts(server)).toBe(failures + 1)
      await settle(1)
      expect(posts(server)).toBe(failures + 2)
    }
    expect(server.messages).toHaveLength(1)
  })

  it('becomes a new visitor when its token is gone and loses nothing', async () => {
    const server = new FakeServer()
    const { chat } = page(server)
    await chat.write('before', [])
    await settle()
    server.forget()
    await chat.write('after', [new File(['tea'], 'tea.txt', { type: 'text/plain' })])
    await settle()
    expect(server.visitors).toHaveLength(2)
    expect(server.messages.map(({ text }) => text)).toEqual(['before', 'after'])
    expect(server.messages[1]?.attachments).toHaveLength(1)
  })

  it('uploads a file again for the visitor that replaced the one who uploaded it', async () => {
    const server = new FakeServer()
    const kept = browser()
    const first = page(server, kept)
    server.faults = [{ path: '/messages', fault: 'cut' }]
    await first.chat.write('see', [new File(['tea'], 'tea.txt')])
    await settle()
    expect(server.count('POST', '/files')).toBe(1)
    server.forget()
    await settle(60_000)
    expect(server.count('POST', '/files')).toBe(2)
    expect(server.messages).toHaveLength(1)
  })

  it('does not loop when even a fresh token is refused', async () => {
    const server = new FakeServer()
    const answer = server.fetch
    Object.assign(server, {
      fetch: ((input: string, init?: RequestInit) => {
        server.forget()
        return answer(input, init)
      }) as typeof fetch,
    })
    const { chat } = page(server)
    await chat.write('hello', [])
    await settle()
    expect(posts(server)).toBe(2)
    expect(chat.snapshot().pending).toHaveLength(1)
  })

  it('sets a refused message aside with the reason and goes on with the next', async () => {
    const server = new FakeServer()
    const { chat } = page(server)
    server.faults = [{ path: '/messages', fault: 'refuse' }]
    await chat.write('far too long', [])
    await chat.write('short', [])
    await settle()
    expect(server.messages.map(({ text }) => text)).toEqual(['short'])
    const [refused] = chat.snapshot().pending
    expect(refused).toMatchObject({ text: 'far too long', refused: 'too long' })
    chat.retry(refused?.clientId ?? '')
    await settle()
    expect(server.messages.map(({ text }) => text)).toEqual(['short', 'far too long'])
  })

  it('asks again for details that the server did not accept, and then sends', async () => {
    const server = new FakeServer()
    server.config.pre_chat = ['email']
    const { chat } = page(server)
    chat.start()
    await settle()
    expect(chat.snapshot().asking).toBe(true)
    chat.answer({ email: 'ann@nowhere' })
    server.faults = [{ path: '/visitors', fault: 'refuse' }]
    await chat.write('hello', [])
    await settle()
    expect(chat.snapshot()).toMatchObject({ asking: true, pending: [{ refused: 'too long' }] })
    chat.answer({ email: 'ann@tea.example' })
    await settle()
    expect(chat.snapshot().asking).toBe(false)
    expect(server.visitors).toMatchObject([{ email: 'ann@tea.example' }])
    expect(server.messages.map(({ text }) => text)).toEqual(['hello'])
  })

  it('gives a refused message back for the composer', async () => {
    const server = new FakeServer()
    const { chat } = page(server)
    server.faults = [{ path: '/messages', fault: 'refuse' }]
    await chat.write('again', [])
    await settle()
    const taken = await chat.discard(chat.snapshot().pending[0]?.clientId ?? '')
    expect(taken?.text).toBe('again')
    expect(chat.snapshot().pending).toEqual([])
    await settle(60_000)
    expect(server.messages).toEqual([])
  })

  it('never sends what one signed-in customer wrote under the name of another', async () => {
    const server = new FakeServer()
    const { chat } = page(server)
    const visit = { page: 'https://shop.example/', landing: '', referrer: '' }
    chat.hear({ type: 'init', visit, open: true, identity: { id: 'ann', hash: 'a' } })
    await settle()
    server.faults = [{ path: '/messages', fault: 'cut' }]
    await chat.write('from Ann', [])
    await settle()
    chat.hear({ type: 'identify', identity: { id: 'bob', hash: 'b' } })
    await settle(120_000)
    expect(server.messages).toEqual([])
    chat.hear({ type: 'identify', identity: { id: 'ann', hash: 'a' } })
    await settle(120_000)
    expect(server.messages.map(({ text }) => text)).toEqual(['from Ann'])
  })
})
