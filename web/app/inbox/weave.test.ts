import { describe, expect, it } from 'vitest'
import type { Message } from '#/api/types'
import type { Thread } from '#/live/state'
import { placed, weave } from './weave'

const minute = 60_000

/** A conversation of a thousand messages, one every two minutes, loaded from its end as a page loads it. */
class Conversation {
  readonly all: Message[]
  loaded: number
  readonly id: string
  constructor(id: string, start: number, size = 1000) {
    this.id = id
    this.all = Array.from({ length: size }, (_, n) => {
      const created_at = new Date(start + 2 * n * minute).toISOString()
      return { id: `${id}-${n}`, conversation_id: id, seq: n + 1, created_at } as Message
    })
    this.loaded = Math.min(50, size)
  }
  get thread(): Thread {
    const items = this.all.slice(this.all.length - this.loaded)
    return { items, pending: [], older: this.loaded < this.all.length, state: 'ready' }
  }
}

const woven = (all: Conversation[]) => weave(all.map((one) => ({ id: one.id, thread: one.thread })))

/** Reads back as the page does and looks at what is shown each time. */
function readBack(all: Conversation[]): Message[] {
  const time = (message: Message) => Date.parse(message.created_at)
  const whole = all.flatMap((one) => one.all).sort((a, b) => time(a) - time(b))
  for (let pages = 0; pages < 100; pages++) {
    const now = woven(all)
    // What is shown is the end of the whole talk, and nothing of it is missing.
    expect(now.items.map((one) => one.id)).toEqual(whole.slice(-now.items.length).map((one) => one.id))
    if (now.older.length === 0) return now.items
    for (const id of now.older) {
      const one = all.find((conversation) => conversation.id === id)
      if (one) one.loaded = Math.min(one.loaded + 50, one.all.length)
    }
  }
  throw new Error('it never ends')
}

describe('a talk of several conversations', () => {
  it('shows a thousand messages on each side that went on at the same time, by windows', () => {
    expect(readBack([new Conversation('kept', 0), new Conversation('gone', minute)])).toHaveLength(2000)
  })

  it('shows one that ended before the other began, and one that is short', () => {
    const kept = new Conversation('kept', 5000 * minute)
    const all = readBack([kept, new Conversation('gone', 0), new Conversation('short', minute, 3)])
    expect(all).toHaveLength(2003)
    expect(all.at(-1)?.conversation_id).toBe('kept')
  })

  it('asks for the one that hides the rest', () => {
    const kept = new Conversation('kept', 0)
    const gone = new Conversation('gone', 100_000 * minute)
    const { items, older } = woven([kept, gone])
    expect(older).toEqual(['gone'])
    expect(items.every((message) => message.conversation_id === 'gone')).toBe(true)
  })

  it('keeps the order of each conversation when its clock went back', () => {
    const kept = new Conversation('kept', 0, 3)
    kept.all.reverse()
    expect(woven([kept]).items.map((message) => message.id)).toEqual(['kept-2', 'kept-1', 'kept-0'])
    const places = placed(woven([kept]).items).map((message) => message.seq ?? 0)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })
})
