import { useEffect, useRef } from 'react'
import type { ID } from '#/api/types'

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** What was written of one sort of thing and not saved, by the thing's id. */
export interface Kept<T> {
  /** get is what was kept, unless that has been saved since. */
  get: (id: ID, saved?: T) => T | null
  /** set keeps what differs from what is saved, and forgets what does not. */
  set: (id: ID, written: T, saved: T) => void
  drop: (id: ID) => void
}

/**
 * createKept keeps what was written and not saved for as long as the tab is open: nobody loses
 * what they typed by looking at another page. People may share a tab; theirs stays apart.
 */
export function createKept<T>(noun: string, shelf: () => Shelf, owner: () => ID): Kept<T> {
  const place = (id: ID) => `parley.${noun}.${owner()}.${id}`
  return {
    get(id, saved) {
      try {
        const text = shelf().getItem(place(id)) ?? 'null'
        return text === JSON.stringify(saved) ? null : JSON.parse(text)
      } catch {
        return null
      }
    },
    set(id, written, saved) {
      if (JSON.stringify(written) === JSON.stringify(saved)) shelf().removeItem(place(id))
      else shelf().setItem(place(id), JSON.stringify(written))
    },
    drop: (id) => shelf().removeItem(place(id)),
  }
}

/** useKeeping keeps what an editor holds until it says that this is over: saved or deleted, it is no longer worth keeping. */
export function useKeeping<T>(kept: Kept<T>, id: ID, written: T, saved: T): () => void {
  const over = useRef(false)
  useEffect(() => {
    if (!over.current) kept.set(id, written, saved)
  })
  return () => {
    over.current = true
    kept.drop(id)
  }
}
