import type { ID, Message } from '#/api/types'
import type { Thread } from '#/live/state'

/** A conversation that has become part of the one that is read. */
export interface Part {
  id: ID
  number: number
  account_kind: string
}

/** The messages of several conversations as one talk. */
export interface Woven {
  items: Message[]
  /** Whose earlier messages are wanted next: as long as they are not here, what was before them is not shown. */
  older: ID[]
}

/**
 * weave makes one talk of conversations that are each loaded from their end: by time, each in its own order. It begins
 * where the first of them is not loaded further back, so that nothing is missing in what it shows.
 */
export function weave(threads: { id: ID; thread: Thread }[]): Woven {
  let horizon = Number.NEGATIVE_INFINITY
  const lists = threads.map(({ id, thread }) => ({ id, thread, times: timesOf(thread.items) }))
  const first = (list: (typeof lists)[number]) => list.times[0] ?? Number.POSITIVE_INFINITY
  for (const list of lists) if (list.thread.older) horizon = Math.max(horizon, first(list))
  const older = lists.filter((list) => list.thread.older && first(list) === horizon).map((list) => list.id)
  const all = lists.flatMap(({ thread, times }, list) =>
    thread.items.map((message, at) => ({ message, time: times[at] ?? 0, list, at })),
  )
  const shown = all.filter(({ time }) => time >= horizon)
  shown.sort((a, b) => a.time - b.time || a.list - b.list || a.at - b.at)
  return { items: shown.map(({ message }) => message), older }
}

/** timesOf are the moments of messages, never going back: the order of a conversation is its own. */
function timesOf(items: Message[]): number[] {
  let last = Number.NEGATIVE_INFINITY
  return items.map((message) => {
    last = Math.max(last, Date.parse(message.created_at))
    return last
  })
}

/** placed gives messages of several conversations an order of their own: what counts one conversation does not count all. */
export function placed(items: Message[]): Message[] {
  return timesOf(items).map((seq, at) => ({ ...(items[at] as Message), seq }))
}
