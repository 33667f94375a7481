import { useState } from 'react'
import type { Message } from '#/api/types'

/** How many messages are drawn at most, and by how many the drawn part moves on. */
export const drawnMost = 200
const step = 50

/** The messages that are drawn, by their places in the thread: from the first to before the last. */
export interface Shown {
  from: number
  to: number
}

/** What is drawn of a thread, by seq, so that reading older messages moves nothing. Null is the end, whatever comes there. */
export interface Bounds {
  first: number | null
  last: number | null
}

export const atTheEnd: Bounds = { first: null, last: null }

/** drawn finds what bounds mean for a thread of which these are loaded. */
export function drawn(items: Message[], { first, last }: Bounds): Shown {
  const to = last === null ? items.length : below(items, last + 1)
  const from = first === null ? Math.max(0, to - drawnMost / 2) : below(items, first)
  // At the end a talk may go on for hours: what was drawn first gives way.
  return { from: to - from > drawnMost ? to - drawnMost : from, to }
}

/** below counts the messages before a seq. */
function below(items: Message[], seq: number): number {
  const at = items.findIndex((message) => (message.seq ?? 0) >= seq)
  return at < 0 ? items.length : at
}

/** up draws earlier messages, and lets go of later ones when they are many. Null when no earlier ones are loaded. */
export function up(items: Message[], shown: Shown): Bounds | null {
  if (shown.from === 0) return null
  return bounds(items, Math.max(0, shown.from - step), Math.min(shown.to, shown.from - step + drawnMost))
}

/** down draws later messages, and lets go of earlier ones. Null at the end. */
export function down(items: Message[], shown: Shown): Bounds | null {
  if (shown.to >= items.length) return null
  const to = Math.min(items.length, shown.to + step)
  return bounds(items, Math.max(shown.from, to - drawnMost), to)
}

/** around draws a message and those beside it. */
export function around(items: Message[], seq: number): Bounds {
  const at = below(items, seq)
  return bounds(items, Math.max(0, at - step), Math.min(items.length, at + step))
}

function bounds(items: Message[], from: number, to: number): Bounds {
  return {
    first: items[from]?.seq ?? null,
    last: to >= items.length ? null : (items[to - 1]?.seq ?? null),
  }
}

/** useShown is which messages of a thread are drawn: however long it is, they are few. */
export function useShown(items: Message[]) {
  const [where, setWhere] = useState(atTheEnd)
  const shown = drawn(items, where)
  return {
    ...shown,
    /** Whether the end is drawn, where new messages come. */
    end: where.last === null,
    up: () => {
      const next = up(items, shown)
      if (next) setWhere(next)
      return next !== null
    },
    down: () => {
      const next = down(items, shown)
      if (next) setWhere(next)
    },
    around: (loaded: Message[], seq: number) => setWhere(around(loaded, seq)),
    toEnd: () => setWhere(atTheEnd),
  }
}
