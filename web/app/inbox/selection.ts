import { useState } from 'react'
import type { ID } from '#/api/types'
import { useKeys } from '#/keys/keys'

export type Selected = ReadonlySet<ID>

export function toggle(selected: Selected, id: ID): Selected {
  const next = new Set(selected)
  if (!next.delete(id)) next.add(id)
  return next
}

/** extend adds everything between the one chosen last and this one. */
export function extend(selected: Selected, ids: ID[], from: ID | undefined, to: ID): Selected {
  const start = from === undefined ? -1 : ids.indexOf(from)
  const end = ids.indexOf(to)
  if (start < 0 || end < 0) return new Set([...selected, to])
  return new Set([...selected, ...ids.slice(Math.min(start, end), Math.max(start, end) + 1)])
}

export interface Selection {
  selected: Selected
  /** With `range`, everything from the one chosen last is chosen. */
  choose: (id: ID, range: boolean) => void
  clear: () => void
}

/** useSelection is which rows of a list are chosen: x for one, Shift+x for all up to it. */
export function useSelection(ids: ID[], cursor: ID | undefined): Selection {
  const [selected, setSelected] = useState<Selected>(new Set())
  const [last, setLast] = useState<ID>()
  const choose = (id: ID, range: boolean) => {
    setSelected((old) => (range ? extend(old, ids, last, id) : toggle(old, id)))
    setLast(id)
  }
  const clear = () => setSelected(new Set())
  useKeys({
    KeyX: () => cursor && choose(cursor, false),
    'Shift+KeyX': () => cursor && choose(cursor, true),
  })
  return { selected, choose, clear }
}
