/**
 * A list may hold a hundred thousand conversations, of which the page keeps one loaded stretch: some pages in a row,
 * somewhere in the list. It grows at either end, lets go of pages that are far from what is looked at, and gives way
 * to another stretch when somebody jumps.
 */
import type { Conversation, ID } from '#/api/types'
import type { InboxState, List } from './state'

/** What the server answers: cursors are empty at the ends of the list. */
export interface ListPage {
  items: Conversation[]
  next: string
  prev?: string
}

/** A page as it was read, so that a stretch can be cut where the server can go on. */
export interface Cut {
  first: ID
  prev: string
  last: ID
  next: string
}

/** How many rows stay loaded at most, and how many when some have to go. */
const most = 1_500
const kept = 1_000

/** rowCount is how many rows a list has, as far as is known: what is loaded, and what the server has counted. */
export function rowCount(list: List): number {
  const loaded = (list.before ?? 0) + list.ids.length
  return list.next === '' ? loaded : Math.max(loaded, list.length ?? 0)
}

const cutOf = ({ items, next, prev }: ListPage): Cut[] => {
  const [first, last] = [items[0], items.at(-1)]
  return first && last ? [{ first: first.id, prev: prev ?? '', last: last.id, next }] : []
}

/** begun is a list of which one page is loaded, so many rows behind its beginning. */
export function begun(list: Pick<List, 'query' | 'length'>, page: ListPage, before = 0): List {
  return {
    query: list.query,
    length: list.length,
    ids: page.items.map((item) => item.id),
    state: 'ready',
    before,
    prev: page.prev ?? '',
    next: page.next,
    cuts: cutOf(page),
  }
}

/** further adds the page behind the stretch, and lets go of rows at its beginning when it grew too long. */
export function further(list: List, page: ListPage): List {
  const seen = new Set(list.ids)
  const fresh = page.items.map((item) => item.id).filter((id) => !seen.has(id))
  const ids = [...list.ids, ...fresh]
  const cuts = [...(list.cuts ?? []), ...cutOf(page)]
  const grown = { ...list, ids, cuts, next: page.next }
  if (ids.length <= most) return grown
  const where = new Map(ids.map((id, index) => [id, index]))
  const cut = cuts.findLast((one) => one.prev && (where.get(one.first) ?? ids.length) <= ids.length - kept)
  if (!cut) return grown
  const at = where.get(cut.first) ?? 0
  return {
    ...grown,
    ids: ids.slice(at),
    before: (list.before ?? 0) + at,
    prev: cut.prev,
    cuts: cuts.slice(cuts.indexOf(cut)),
  }
}

/** nearer adds the page before the stretch, and lets go of rows at its end when it grew too long. */
export function nearer(list: List, page: ListPage): List {
  const seen = new Set(list.ids)
  const fresh = page.items.map((item) => item.id).filter((id) => !seen.has(id))
  const ids = [...fresh, ...list.ids]
  const cuts = [...cutOf(page), ...(list.cuts ?? [])]
  const prev = page.prev ?? ''
  // Counting and reading are not one moment: only the beginning itself is certain.
  const before = prev === '' ? 0 : Math.max(1, (list.before ?? 0) - fresh.length)
  const grown = { ...list, ids, cuts, prev, before }
  if (ids.length <= most) return grown
  const where = new Map(ids.map((id, index) => [id, index]))
  const cut = cuts.find((one) => one.next && (where.get(one.last) ?? 0) >= kept)
  if (!cut) return grown
  const at = (where.get(cut.last) ?? 0) + 1
  return { ...grown, ids: ids.slice(0, at), next: cut.next, cuts: cuts.slice(0, cuts.indexOf(cut) + 1) }
}

/** forget drops conversations that stood in a list and stand in none any more, unless they are open. */
export function forget(state: InboxState, gone: ID[]): void {
  if (gone.length === 0) return
  const wanted = new Set<ID>([...state.threads.keys(), state.openId ?? ''])
  for (const list of state.lists.values()) for (const id of list.ids) wanted.add(id)
  for (const id of gone) if (!wanted.has(id)) state.conversations.delete(id)
}
