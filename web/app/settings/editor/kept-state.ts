import { useState } from 'react'
import type { ID } from '#/api/types'
import { inbox } from '#/live/store'
import { createKept, type Kept, useKeeping } from '#/ui/kept'

/** keptOf is the shelf of one sort of things, apart for each person. */
export const keptOf = <T>(noun: string): Kept<T> =>
  createKept<T>(
    noun,
    () => sessionStorage,
    () => inbox.state.me,
  )

/**
 * useKeptState is what is typed in a dialog; it is there again when that closes over it, until it is said to be finished.
 * discard throws what was there again away; it is null where nothing was.
 */
export function useKeptState<T>(noun: string, id: ID, saved: T) {
  const [kept] = useState(() => keptOf<T>(noun))
  const [place] = useState(id)
  const [restored, setRestored] = useState(() => kept.get(place, saved))
  const [value, set] = useState(restored ?? saved)
  const finish = useKeeping(kept, place, value, saved)
  function discard(): void {
    setRestored(null)
    set(saved)
  }
  return [value, set, finish, restored === null ? null : discard] as const
}
