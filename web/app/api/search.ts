import { call } from './http'
import type { components } from './schema'

export type SearchResult = components['schemas']['SearchResult']
export type SearchHit = components['schemas']['SearchHit']
export type SearchPiece = components['schemas']['SearchPiece']
export type SearchType = 'numbers' | 'people' | 'messages' | 'files'

/** What is looked for: words, and where. */
export interface SearchQuery {
  q: string
  type?: SearchType
  account?: string
  team?: string
  assignee?: string
  label?: string
  status?: string
  /** Days, as the wall shows them: the first and the last. */
  from?: string
  to?: string
  files?: boolean
}

/** Nobody types so much; a pasted page would not fit into an address. */
const longest = 200

export function search(query: SearchQuery, cursor: string, signal?: AbortSignal): Promise<SearchResult> {
  const { q, files, from, to, ...rest } = query
  return call<SearchResult>('GET', '/search', {
    query: {
      ...rest,
      q: [...q].slice(0, longest).join(''),
      has_file: files,
      from: from && startOf(from, 0),
      to: to && startOf(to, 1),
      cursor,
    },
    signal,
  })
}

/** startOf is when a day begins here, or one some days after it. */
export function startOf(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  const at = new Date(year ?? Number.NaN, (month ?? 1) - 1, (date ?? 1) + later)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
