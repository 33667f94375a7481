/**
 * A note that is thrown away is gone from the page at once and from the server ten seconds later: until then one press brings
 * it back. What is to go lies on the browser's own shelf, with the time it was thrown, until the server has deleted it: neither
 * a closed page nor a lost connection forgets one.
 */
import { Problem } from '#/api/problem'
import type { ID, Message } from '#/api/types'

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

interface BinOptions {
  /** Deletes on the server. */
  remove: (note: ID) => Promise<unknown>
  shelf: () => Shelf
  owner: () => ID
  /** Hears that the server will not delete a note, ever. */
  onRefused: (note: ID, error: unknown) => void
}

/** How long a note can be brought back: as long as a line at the bottom offers it. */
const patience = 10_000

/** How much longer another window leaves a note to the one that threw it, and how soon it is tried again. */
const grace = 10_000

/** Whether it may go another time: there was no answer, or nobody was signed in. */
const later = (error: unknown): boolean =>
  error instanceof Problem && (error.offline || error.status === 401 || error.status >= 500)

export function createNoteBin({ remove, shelf, owner, onRefused }: BinOptions) {
  const timers = new Map<ID, ReturnType<typeof setTimeout>>()
  /** What this very window has thrown. */
  const own = new Set<ID>()
  const prefix = () => `parley.bin.${owner()}.`
  const lies = (note: ID) => shelf().getItem(prefix() + note) !== null

  function after(time: number, note: ID): void {
    clearTimeout(timers.get(note))
    timers.set(
      note,
      setTimeout(() => void empty(note), time),
    )
  }

  function forget(note: ID): void {
    clearTimeout(timers.get(note))
    timers.delete(note)
    own.delete(note)
  }

  async function empty(note: ID): Promise<void> {
    const place = prefix() + note
    forget(note)
    if (shelf().getItem(place) === null) return
    try {
      await remove(note)
      shelf().removeItem(place)
    } catch (error) {
      if (later(error)) {
        if (place === prefix() + note) after(grace, note)
        return
      }
      const told = shelf().getItem(place) !== null
      shelf().removeItem(place)
      if (told) onRefused(note, error)
    }
  }

  return {
    put(note: Pick<Message, 'id'>): void {
      shelf().setItem(prefix() + note.id, String(Date.now()))
      own.add(note.id)
      after(patience, note.id)
    },
    /** take brings a note back; false when it is too late. */
    take(note: Pick<Message, 'id'>): boolean {
      if (!timers.has(note.id) || !lies(note.id)) return false
      forget(note.id)
      shelf().removeItem(prefix() + note.id)
      return true
    },
    /** holds tells whether a note is on its way out. */
    holds: (note: ID): boolean => own.has(note) && lies(note),
    /** takeUp goes on with what earlier pages have not come to; what another window may still bring back is left to it. */
    takeUp(): void {
      const all = Array.from({ length: shelf().length }, (_, at) => shelf().key(at) ?? '')
      for (const place of all.filter((one) => one.startsWith(prefix()))) {
        const thrown = Number(shelf().getItem(place))
        after(Math.max(0, thrown + patience + grace - Date.now()), place.slice(prefix().length))
      }
    },
    /** emptyOwn deletes at once what this window has thrown. */
    emptyOwn: (): Promise<unknown> => Promise.all([...own].map(empty)),
    /** leave stops for whoever comes next; what lies there goes when its owner is back. */
    leave(): void {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      own.clear()
    },
  }
}
