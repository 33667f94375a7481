import { useInfiniteQuery } from '@tanstack/react-query'
import { type SearchQuery, search } from '#/api/search'
import type { SearchParams } from './query'

/** useResults asks for what the address says; a question that is no longer asked is taken back. */
export function useResults(params: SearchParams) {
  const query: SearchQuery = { ...params, q: params.q?.trim() ?? '' }
  return useInfiniteQuery({
    queryKey: ['search', query],
    queryFn: ({ pageParam, signal }) => search(query, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    placeholderData: (old) => old,
    enabled: query.q !== '',
    staleTime: 2_000,
  })
}
