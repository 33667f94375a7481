import type { SearchQuery, SearchType } from '#/api/search'

export const types: SearchType[] = ['numbers', 'people', 'messages', 'files']
export const statuses = ['open', 'pending', 'snoozed', 'closed'] as const

export type SearchParams = Partial<SearchQuery>

/** readSearch keeps of an address only what search understands. */
export function readSearch(search: Record<string, unknown>): SearchParams {
  const found: SearchParams = {}
  const q = search.q
  if ((typeof q === 'string' && q) || typeof q === 'number') found.q = String(q)
  const type = types.find((known) => known === search.type)
  if (type) found.type = type
  const status = statuses.find((known) => known === search.status)
  if (status) found.status = status
  for (const name of ['account', 'label'] as const) {
    const value = String(search[name] ?? '')
    if (/^[1-9]\d*$/.test(value)) found[name] = value
  }
  for (const name of ['team', 'assignee'] as const) {
    const value = String(search[name] ?? '')
    if (/^(none|[1-9]\d*)$/.test(value) || (name === 'assignee' && value === 'me')) found[name] = value
  }
  for (const name of ['from', 'to'] as const) {
    const value = String(search[name] ?? '')
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) found[name] = value
  }
  if (search.files === true || search.files === 'true') found.files = true
  return found
}

/** filtersOf counts what narrows a search besides its words. */
export function filtersOf(query: SearchParams): number {
  return [
    query.account,
    query.team,
    query.assignee,
    query.label,
    query.status,
    query.from,
    query.to,
    query.files,
  ].filter(Boolean).length
}

/** readJump is which message of a conversation an address points at. */
export function readJump(search: Record<string, unknown>): { message?: number } {
  const seq = Number(search.message)
  return Number.isSafeInteger(seq) && seq > 0 ? { message: seq } : {}
}
