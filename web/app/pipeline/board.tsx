import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Page } from '#/api/types'
import { t } from '#/text/text'
import { BoardColumn } from './board-column'
import { step } from './board-state'
import { useMove } from './use-move'

export interface BoardProps<T> {
  /** The first part of the cache's keys: events make everything below it stale. */
  noun: 'leads' | 'requests'
  title: string
  columns: { id: string; name: string }[]
  load: (column: string, cursor: string) => Promise<Page<T>>
  count: () => Promise<Record<string, number>>
  keyOf: (item: T) => string
  nameOf: (item: T) => string
  columnOf: (item: T) => string
  card: (item: T) => ReactNode
  /** Tells the server; null when the person changed their mind on the way. */
  move: (item: T, to: string) => Promise<T | null>
}

/** A card moved by key, and the column in which it takes the focus once, on its arrival. */
interface Arrival {
  key: string
  column: string
}

/** Records by stage: a card moves by hand, by Shift and an arrow, or by the choice on it. */
export function Board<T>(props: BoardProps<T>) {
  const { noun, columns, columnOf, keyOf } = props
  const move = useMove(props)
  const counts = useQuery({ queryKey: [noun, 'board', 'counts'], queryFn: props.count }).data ?? {}
  const [awaited, setAwaited] = useState<Arrival>()
  const latest = useRef(move)
  latest.current = move

  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => source.data.noun === noun,
        onDrop: ({ source, location }) => {
          const to = location.current.dropTargets[0]?.data.column
          if (typeof to === 'string') void latest.current(source.data.item as T, to)
        },
      }),
    [noun],
  )

  const moveBy = (item: T, by: number) => {
    const to = step(
      columns.map((column) => column.id),
      columnOf(item),
      by,
    )
    if (!to) return
    const mine = { key: keyOf(item), column: to }
    setAwaited(mine)
    void move(item, to).then((went) => went || setAwaited((now) => (now === mine ? undefined : now)))
  }
  return (
    <div className="scroller min-h-0 flex-1 overflow-x-auto">
      <p className="sr-only" id="board-help">
        {t('board.help')}
      </p>
      <ol aria-label={props.title} className="flex h-full min-w-fit gap-3 p-3 md:p-4">
        {columns.map((column) => (
          <BoardColumn
            key={column.id}
            board={props}
            column={column}
            count={counts[column.id]}
            awaited={awaited?.column === column.id ? awaited.key : undefined}
            onArrived={() => setAwaited(undefined)}
            onMove={(item, to) => void move(item, to)}
            onMoveBy={moveBy}
          />
        ))}
      </ol>
    </div>
  )
}
