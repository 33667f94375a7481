import { useQueryClient } from '@tanstack/react-query'
import type { Changing } from '#/api/records'
import type { ID } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { say } from '#/ui/toast'
import { backTo } from './use-record'

/** useRowChange changes a record in the table it stands in, says so, and offers to take it back. */
export function useRowChange<T extends { id: ID }>(
  noun: 'leads' | 'requests',
  update: (id: ID, body: Changing<T>) => Promise<T>,
  text: () => string,
): (before: T, body: Partial<T>) => void {
  const queries = useQueryClient()
  const store = async (id: ID, body: Partial<T>, was: Partial<T>): Promise<T | null> => {
    try {
      return await update(id, { ...body, was })
    } catch (error) {
      say(errorText(error), { tone: 'error' })
      return null
    } finally {
      void queries.invalidateQueries({ queryKey: [noun] })
    }
  }
  return (before, body) => {
    const was = backTo(before, body)
    void store(before.id, body, was).then((stored) => {
      if (stored) say(text(), { undo: () => void store(before.id, was, backTo(stored, body)) })
    })
  }
}
