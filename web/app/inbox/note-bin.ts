/**
 * A note that is thrown away is gone from the page at once and from the server ten seconds later: until then one press brings
 * it back. What is to go lies on the browser's own shelf, so that a closed page forgets none.
 */
import type { ID, Message } from '#/api/types'

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

interface BinOptions {
  /** Deletes on the server. */
  remove: (note: ID) => Promise<unknown>
  shelf: () => Shelf
  owner: () => ID
  onRefused: (note: ID, error: unknown) => void
}

/** How long a note can be brought back: as long as a line at the bottom offers it. */
const patience = 10_000

export function createNoteBin({ remove, shelf, owner, onRefused }: BinOptions) {
  const timers = new Map<ID, ReturnType<typeof setTimeout>>()
  const prefix = () => `parley.bin.${owner()}.`

  /** Of two windows that are about to delete it, one does. */
  async function empty(note: ID): Promise<void> {
    clearTimeout(timers.get(note))
    timers.delete(note)
    const place = prefix() + note
    if (shelf().getItem(place) === null) return
    shelf().removeItem(place)
    try {
      await remove(note)
    } catch (error) {
      onRefused(note, error)
    }
  }

  return {
    put(note: Pick<Message, 'id'>): void {
      shelf().setItem(prefix() + note.id, '')
      timers.set(
        note.id,
        setTimeout(() => void empty(note.id), patience),
      )
    },
    /** take brings a note back; false when it is too late. */
    take(note: Pick<Message, 'id'>): boolean {
      clearTimeout(timers.get(note.id))
      timers.delete(note.id)
      const place = prefix() + note.id
      if (shelf().getItem(place) === null) return false
      shelf().removeItem(place)
      return true
    },
    /** emptyAll deletes what an earlier page, or this one, has not come to. */
    emptyAll(): void {
      const all = Array.from({ length: shelf().length }, (_, at) => shelf().key(at) ?? '')
      for (const place of all.filter((one) => one.startsWith(prefix())))
        void empty(place.slice(prefix().length))
    },
    /** leave stops for whoever comes next; what lies there goes when its owner is back. */
    leave(): void {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}
