import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page } from './parts'
import { FakeServer } from './server'

describe('receipts', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

  const talking = async () => {
    const server = new FakeServer()
    const made = page(server)
    await made.chat.write('hello', [])
    await settle()
    return { server, ...made }
  }

  it('says delivered when a message arrives, and read only when somebody looks', async () => {
    const { server, chat } = await talking()
    const { id } = server.agent('answer')
    await settle()
    chat.seen()
    await settle()
    expect(server.receipts).toEqual([{ message_id: id, state: 'delivered' }])
    chat.hear({ type: 'open', open: true })
    chat.watch(false)
    chat.seen()
    await settle()
    expect(server.receipts).toHaveLength(1)
    chat.watch(true)
    await settle()
    expect(server.receipts.at(-1)).toEqual({ message_id: id, state: 'read' })
  })

  it('counts unread messages for the button, once per change', async () => {
    const { server, chat, told } = await talking()
    server.agent('one')
    server.agent('two')
    await settle()
    chat.hear({ type: 'open', open: true })
    chat.seen()
    const counts = told.flatMap((message) => (message.type === 'unread' ? [message.count] : []))
    expect(counts.at(-1)).toBe(0)
    expect(Math.max(...counts)).toBe(2)
  })

  it('lets the last message speak for those before it', async () => {
    const { server, chat } = await talking()
    server.agent('one')
    server.agent('two')
    const { id } = server.agent('three')
    chat.hear({ type: 'open', open: true })
    await settle()
    server.receipts.length = 0
    chat.seen()
    await settle()
    expect(server.receipts).toEqual([{ message_id: id, state: 'read' }])
    expect(chat.snapshot().messages.filter(({ state }) => state === 'read')).toHaveLength(3)
  })

  it('tells later what it could not tell', async () => {
    const { server, chat } = await talking()
    server.faults = [{ path: '/receipts', fault: 'cut' }]
    const { id } = server.agent('answer')
    await settle()
    expect(server.receipts).toEqual([])
    chat.network()
    await settle()
    expect(server.receipts).toEqual([{ message_id: id, state: 'delivered' }])
  })
})
