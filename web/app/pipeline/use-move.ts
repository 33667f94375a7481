import { useQueryClient } from '@tanstack/react-query'
import { errorText } from '#/inbox/actions'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import type { BoardProps } from './board'
import { type Cards, put, shift, take } from './board-state'

/** useMove moves a card as soon as the server has, and offers to take it back; it says whether the card went. */
export function useMove<T>(board: BoardProps<T>) {
  const queries = useQueryClient()
  const { noun, keyOf, columnOf, columns, nameOf } = board

  const show = (item: T, from: string, to: string) => {
    const at = (column: string) => [noun, 'board', 'column', column]
    queries.setQueryData<Cards<T>>(at(from), (old) => take(old, (other) => keyOf(other) === keyOf(item)))
    queries.setQueryData<Cards<T>>(at(to), (old) => put(old, item))
    queries.setQueryData<Record<string, number>>(
      [noun, 'board', 'counts'],
      (old) => old && shift(old, from, to),
    )
  }
  return async function move(item: T, to: string, undoing = false): Promise<boolean> {
    const from = columnOf(item)
    if (from === to) return false
    let went = false
    try {
      const stored = await board.move(item, to)
      if (!stored) return false
      show(stored, from, columnOf(stored))
      went = true
      const where = columns.find((column) => column.id === columnOf(stored))?.name ?? ''
      say(
        t('board.moved', { name: nameOf(item), column: where }),
        undoing ? {} : { undo: () => void move(stored, from, true) },
      )
    } catch (error) {
      say(errorText(error), { tone: 'error' })
    }
    void queries.invalidateQueries({ queryKey: [noun] })
    return went
  }
}
