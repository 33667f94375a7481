import { describe, expect, it } from 'vitest'
import { Thread } from '../src/frame/thread'
import type { Message } from '../src/frame/wire'

const message = (id: string, state: string, direction: Message['direction'] = 'outbound'): Message => ({
  id,
  direction,
  text: id,
  attachments: [],
  author: null,
  state,
  created_at: '2026-01-01T00:00:00Z',
})

describe('the thread', () => {
  it('keeps one of each message, however often it comes', () => {
    const thread = new Thread()
    expect(thread.merge([message('1', 'sent'), message('2', 'sent')])).toHaveLength(2)
    expect(thread.merge([message('2', 'sent'), message('3', 'sent')]).map(({ id }) => id)).toEqual(['3'])
    expect(thread.messages.map(({ id }) => id)).toEqual(['1', '2', '3'])
    expect(thread.last).toBe('3')
  })

  it('never takes a delivery mark back', () => {
    const thread = new Thread()
    thread.merge([message('1', 'read')])
    thread.merge([message('1', 'delivered')])
    expect(thread.messages[0]?.state).toBe('read')
  })

  it('forgets to have read what was taken back, and shows it so', () => {
    const thread = new Thread()
    thread.merge([message('1', 'sent')])
    expect(thread.merge([{ ...message('1', 'sent'), text: '', deleted: true }])).toEqual([])
    expect(thread.messages[0]?.deleted).toBe(true)
    expect(thread.unread()).toEqual([])
  })

  it('counts as unread what an agent wrote and nobody read', () => {
    const thread = new Thread()
    thread.merge([message('1', 'read'), message('2', 'delivered'), message('3', 'received', 'inbound')])
    expect(thread.unread().map(({ id }) => id)).toEqual(['2'])
    thread.mark('2', 'read')
    expect(thread.unread()).toEqual([])
  })
})
