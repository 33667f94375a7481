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

/** useKeptState is what is typed in a dialog; it is there again when that closes over it, until it is said to be finished. */
export function useKeptState<T>(noun: string, id: ID, saved: T) {
  const [kept] = useState(() => keptOf<T>(noun))
  const [place] = useState(id)
  const [value, set] = useState(() => kept.get(place, saved) ?? saved)
  const finish = useKeeping(kept, place, value, saved)
  return [value, set, finish] as const
}
