import { useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useSavedViews } from '#/api/views'
import type { ListQuery, Sort, StatusFilter, View } from '#/live/lists'

const views: View[] = ['unanswered', 'mine', 'unassigned', 'all', 'following', 'mentions', 'snoozed', 'spam']
const statuses: StatusFilter[] = ['open', 'snoozed', 'closed', 'any']
const sorts: Sort[] = ['newest', 'oldest', 'due']

export type InboxSearch = Partial<ListQuery>

/**
 * readListQuery keeps of an address only what the inbox understands. Defaults stay out of it,
 * save beside a saved view: it has a status and an order of its own, so there they are a choice.
 */
export function readListQuery(search: Record<string, unknown>): InboxSearch {
  const found: InboxSearch = {}
  const plain = !search.saved
  const view = oneOf(views, search.view)
  if (view && view !== 'unanswered') found.view = view
  const status = oneOf(statuses, search.status)
  if (status && !(plain && status === 'open')) found.status = status
  const sort = oneOf(sorts, search.sort)
  if (sort && !(plain && sort === 'newest')) found.sort = sort
  for (const name of ['saved', 'account', 'team', 'label', 'q'] as const) {
    const value = search[name]
    if ((typeof value === 'string' && value) || typeof value === 'number') found[name] = String(value)
  }
  if (search.unread === true || search.unread === 'true') found.unread = true
  return found
}

function oneOf<T extends string>(allowed: T[], value: unknown): T | undefined {
  return allowed.find((item) => item === value)
}

/** useListQuery is the list the address asks for; a saved view brings its order along. */
export function useListQuery(): ListQuery {
  const search = useSearch({ from: '/desk/inbox' })
  const order = useSavedViews().find((view) => view.id === search.saved)?.sort
  return useMemo(() => ({ ...search, view: search.view ?? 'unanswered', order }), [search, order])
}

/** keepFilters carries the filters of a list along while moving within it. */
export const keepFilters = readListQuery
