import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type SearchQuery, search } from '#/api/search'
import type { SearchParams } from './query'

/** How long the typing must rest before anybody is asked. */
const rest = 160

/** useSettled is a value that has stayed the same for a moment. */
export function useSettled<T>(value: T, time = rest): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), time)
    return () => clearTimeout(timer)
  }, [value, time])
  return settled
}

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
