/**
 * Answers on their way to the server. Each is on the browser's own shelf before it is posted and until the
 * server has said what became of it: a lost connection, a closed page or a lost answer neither loses
 * nor doubles it, because it is always posted under the same key.
 */
import { Problem } from '#/api/problem'
import type { ID, Message, NewMessage } from '#/api/types'
import type { LocalDraft } from './draft'

/** What was written, as it is posted and as it was typed. */
export interface Parcel {
  /** Who wrote it: it leaves in nobody else's name, whoever sits at this page by then. */
  owner: ID
  conversation: ID
  body: NewMessage
  draft: LocalDraft
  at: number
}

export type Fate =
  | { kind: 'stored'; message: Message }
  /** It is there, although its answer got lost. */
  | { kind: 'done' }
  | { kind: 'waiting' }
  | { kind: 'refused'; error: unknown }

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

interface OutboxOptions {
  post: (conversation: ID, body: NewMessage) => Promise<Message>
  shelf: () => Shelf
  owner: () => ID
  /** Hears what became of a parcel that had to wait. */
  onSettled: (parcel: Parcel, fate: Fate) => void
  /** For how long a parcel may wait; the server knows its key for a day. */
  patience?: number
}

const tooLate = new Problem(0, {})

export function createOutbox(options: OutboxOptions) {
  const { post, shelf, owner, onSettled, patience = 12 * 3_600_000 } = options
  const waiting = new Map<string, Parcel>()
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Whose parcels are being posted. */
  let flushing: ID | null = null
  let attempts = 0

  const prefix = (of: ID) => `parley.outbox.${of}.`
  const place = (parcel: Parcel) => prefix(parcel.owner) + parcel.body.client_id
  const mine = (parcel: Parcel) => parcel.owner === owner()

  function forget(parcel: Parcel): void {
    attend(() => shelf().removeItem(place(parcel)))
    if (waiting.delete(parcel.body.client_id)) notify()
  }

  function notify(): void {
    for (const listener of listeners) listener()
  }

  /** wait lets a parcel lie until there is a connection. */
  function wait(parcel: Parcel): Fate {
    waiting.set(parcel.body.client_id, parcel)
    notify()
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), Math.min(15_000, 1_500 * 2 ** attempts))
    attempts += 1
    return { kind: 'waiting' }
  }

  async function attempt(parcel: Parcel): Promise<Fate> {
    if (!mine(parcel)) return { kind: 'waiting' }
    try {
      const message = await post(parcel.conversation, parcel.body)
      forget(parcel)
      // Somebody else sits here by now: it is on nobody's screen.
      return mine(parcel) ? { kind: 'stored', message } : { kind: 'waiting' }
    } catch (error) {
      // It lies on its owner's shelf until they are back.
      if (!mine(parcel)) return { kind: 'waiting' }
      if (isSilence(error)) return wait(parcel)
      forget(parcel)
      const lost = error instanceof Problem && error.code === 'answer_lost'
      return lost ? { kind: 'done' } : { kind: 'refused', error }
    }
  }

  /** send posts a parcel, behind those of its conversation that wait already. */
  async function send(parcel: Parcel): Promise<Fate> {
    // A full or forbidden shelf is no reason not to send it.
    attend(() => shelf().setItem(place(parcel), JSON.stringify(parcel)))
    const behind = [...waiting.values()].some((one) => mine(one) && one.conversation === parcel.conversation)
    return behind ? wait(parcel) : attempt(parcel)
  }

  /** flush posts what waits, in order; the first silence ends it until later. */
  async function flush(): Promise<void> {
    const whose = owner()
    if (flushing === whose) return
    flushing = whose
    try {
      const parcels = [...waiting.values()].filter(mine)
      for (const parcel of parcels.sort((a, b) => a.at - b.at)) {
        if (owner() !== whose) return
        const late = Date.now() - parcel.at > patience
        if (late) forget(parcel)
        const fate: Fate = late ? { kind: 'refused', error: tooLate } : await attempt(parcel)
        if (fate.kind === 'waiting') return
        attempts = 0
        onSettled(parcel, fate)
      }
    } finally {
      if (flushing === whose) flushing = null
    }
  }

  /** open takes up what an earlier page of this person left, and gives it. */
  function open(): Parcel[] {
    const found: Parcel[] = []
    attend(() => {
      const keys = Array.from({ length: shelf().length }, (_, n) => shelf().key(n) ?? '')
      for (const key of keys.filter((one) => one.startsWith(prefix(owner())))) {
        const parcel = read(shelf().getItem(key))
        if (!parcel || waiting.has(parcel.body.client_id)) continue
        // Its place says whose it is.
        const taken = { ...parcel, owner: owner() }
        waiting.set(parcel.body.client_id, taken)
        found.push(taken)
      }
    })
    if (found.length > 0) notify()
    return found
  }

  /** leave ends the waiting on this page: what waits lies on its owner's shelf, and here where there is none. */
  function leave(): void {
    clearTimeout(timer)
    attend(() => {
      for (const [id, parcel] of waiting) if (shelf().getItem(place(parcel)) !== null) waiting.delete(id)
    })
    attempts = 0
    notify()
  }

  return {
    send,
    open,
    leave,
    /** Posts what waits at once: the connection is back. */
    flush(): Promise<void> {
      attempts = 0
      return flush()
    },
    waits: (client: string | null): boolean => client !== null && waiting.has(client),
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** attend uses the shelf where there is one. */
function attend(use: () => void): void {
  try {
    use()
  } catch {
    // What is in memory is all there is then.
  }
}

/** isSilence is true when nobody knows what became of it, or when it is not the message that is at fault. */
function isSilence(error: unknown): boolean {
  if (!(error instanceof Problem)) return false
  return (
    error.offline || [401, 429, 502, 503, 504].includes(error.status) || error.code === 'request_in_progress'
  )
}

function read(text: string | null): Parcel | null {
  try {
    const parcel = JSON.parse(text ?? 'null') as Parcel | null
    return parcel?.body?.client_id && parcel.conversation ? parcel : null
  } catch {
    return null
  }
}
