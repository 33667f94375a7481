import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { ID, Page } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { say } from '#/ui/toast'
import { moved } from './reorder'

interface Placed {
  id: ID
  position: number
}

/** useOrder moves a row of a list at once and, when the moving has come to rest, stores where each stands. */
export function useOrder<T extends Placed>(
  queryKey: string[],
  items: T[],
  update: (id: ID, body: { position: number }) => Promise<unknown>,
): (from: number, to: number) => void {
  const queries = useQueryClient()
  const latest = useRef(items)
  latest.current = items
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  async function store(): Promise<void> {
    try {
      for (const [index, item] of latest.current.entries())
        if (item.position !== index + 1) await update(item.id, { position: index + 1 })
    } catch (error) {
      say(errorText(error), { tone: 'error' })
    }
    void queries.invalidateQueries({ queryKey })
  }

  return (from, to) => {
    const next = moved(latest.current, from, to)
    latest.current = next
    queries.setQueryData<Page<T>>(queryKey, (page) => page && { ...page, items: next })
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void store(), 600)
  }
}
