import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { ID, Page } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { say } from '#/ui/toast'
import { moved } from './reorder'

/** A list in another order, and the order in which it was seen: the server refuses if that is no longer so. */
export interface Order {
  ids: ID[]
  was: ID[]
}

const idsOf = (items: { id: ID }[]): ID[] => items.map((item) => item.id)

/** useOrder moves a row of a list at once and, when the moving has come to rest, stores the whole order in one call. */
export function useOrder<T extends { id: ID }>(
  queryKey: string[],
  items: T[],
  order: (body: Order) => Promise<unknown>,
): (from: number, to: number) => void {
  const queries = useQueryClient()
  const latest = useRef(items)
  latest.current = items
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  /** How the list stood before the moving began; null while nothing moves. */
  const was = useRef<ID[] | null>(null)

  async function store(): Promise<void> {
    const body = { ids: idsOf(latest.current), was: was.current ?? [] }
    was.current = null
    try {
      await order(body)
    } catch (error) {
      say(errorText(error), { tone: 'error' })
    }
    void queries.invalidateQueries({ queryKey })
  }

  return (from, to) => {
    was.current ??= idsOf(latest.current)
    const next = moved(latest.current, from, to)
    latest.current = next
    queries.setQueryData<Page<T>>(queryKey, (page) => page && { ...page, items: next })
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void store(), 600)
  }
}
