import { useCallback, useMemo, useState } from 'react'
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

/** within is what of a choice the list still shows: nothing is done to what is out of sight. */
export function within(selected: Selected, ids: ID[]): Selected {
  return selected.size === 0 ? selected : new Set(ids.filter((id) => selected.has(id)))
}

export interface Selection {
  selected: Selected
  /** With `range`, everything from the one chosen last is chosen. */
  choose: (id: ID, range: boolean) => void
  clear: () => void
  /** again chooses these anew, unless another list has come meanwhile. */
  again: (ids: ID[]) => void
}

/** What is chosen, in which list, and what was chosen last. */
interface Chosen {
  list: string
  ids: Selected
  last?: ID
}

const nothing: Selected = new Set()

/** useSelection is which rows of a list are chosen: x for one, Shift+x for all up to it. Another list begins without any. */
export function useSelection(list: string, ids: ID[], cursor: ID | undefined): Selection {
  const [chosen, setChosen] = useState<Chosen>({ list, ids: nothing })
  if (chosen.list !== list) setChosen({ list, ids: nothing })
  const here = chosen.list === list ? chosen.ids : nothing
  const selected = useMemo(() => within(here, ids), [here, ids])
  const choose = useCallback(
    (id: ID, range: boolean) =>
      setChosen((old) => ({
        list,
        ids: range ? extend(within(old.ids, ids), ids, old.last, id) : toggle(within(old.ids, ids), id),
        last: id,
      })),
    [list, ids],
  )
  const clear = () => setChosen({ list, ids: nothing })
  const again = (more: ID[]) =>
    setChosen((old) => (old.list === list ? { ...old, ids: new Set([...old.ids, ...more]) } : old))
  useKeys({
    KeyX: () => cursor && choose(cursor, false),
    'Shift+KeyX': () => cursor && choose(cursor, true),
  })
  return { selected, choose, clear, again }
}
