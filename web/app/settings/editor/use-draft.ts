import { useState } from 'react'
import { Problem } from '#/api/problem'
import type { ID } from '#/api/types'
import { type Kept, useKeeping } from '#/ui/kept'
import {
  type Base,
  back,
  baseOf,
  begin,
  discard,
  follow,
  look,
  refill,
  refused,
  type Shape,
  settled,
  unsaved,
  type Versioned,
} from './stand'

/** What somebody else saved while this was being written, and the two ways on. */
export interface Conflict {
  /** Whether theirs, as it is by now, is looked at. */
  looking: boolean
  look: () => void
  /** Null where nothing was written before theirs was looked at. */
  back: (() => void) | null
  /** The version by which a save goes over theirs. */
  version: number
}

/**
 * useDraft holds what is written about a thing, and by which state of it: what others save meanwhile is
 * taken over where nothing was written, and told where something was.
 */
export function useDraft<T extends Versioned, W, D>(
  shape: Shape<T, W, D>,
  item: T | null,
  kept: Base<W> | null = null,
) {
  const [stand, setStand] = useState(() => begin(shape, item, kept))
  const now = item ? follow(shape, stand, item) : stand
  if (now !== stand) setStand(now)

  /** isRefusal notes who was quicker, and says whether that is what an error is about. */
  function isRefusal(error: unknown): boolean {
    if (!(error instanceof Problem) || error.code !== `${shape.noun}_changed`) return false
    setStand((old) => refused(shape, old, error.body[shape.noun] as T))
    return true
  }

  const conflict: Conflict | null = now.newer && {
    looking: now.newer.version === now.base.version,
    look: () => setStand((old) => look(shape, old)),
    back: now.mine.length > 0 ? () => setStand((old) => back(shape, old)) : null,
    version: now.newer.version,
  }

  return {
    draft: now.draft,
    set: (change: Partial<D>) => setStand((old) => ({ ...old, draft: { ...old.draft, ...change } })),
    base: now.base,
    /** What is worth keeping when the page is left. */
    unsaved: unsaved(shape, now),
    round: now.round,
    conflict,
    refused: isRefusal,
    /** saved makes what a save answered the state to go by; the fields stay as they are. */
    saved: (stored: T) => setStand((old) => settled(shape, old, stored)),
    discard: () => setStand((old) => discard(shape, old, item)),
    refill: (stored: T | null) => setStand((old) => refill(shape, old, stored)),
  }
}

export type Edit<T extends Versioned, W, D> = ReturnType<typeof useDraft<T, W, D>>

/** useKeptDraft is a draft that outlives its page for as long as the tab is open. */
export function useKeptDraft<T extends Versioned & { id: ID }, W, D>(
  kept: Kept<Base<W>>,
  shape: Shape<T, W, D>,
  item: T | null,
) {
  const id = item?.id ?? 'new'
  const [restored, setRestored] = useState(() => kept.get(id, baseOf(shape, item)))
  const edit = useDraft(shape, item, restored)
  const finish = useKeeping(kept, id, edit.unsaved, edit.base)

  function discardKept(): void {
    kept.drop(id)
    setRestored(null)
    edit.discard()
  }

  /** forget has nothing said about what was kept any more. */
  return {
    ...edit,
    restored: restored !== null,
    discard: discardKept,
    forget: () => setRestored(null),
    finish,
  }
}
