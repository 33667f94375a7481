import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { t } from '#/text/text'
import { Failed, Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import type { BoardProps } from './board'
import { BoardCard } from './board-card'
import { shownCount } from './board-state'

interface ColumnProps<T> {
  board: BoardProps<T>
  column: { id: string; name: string }
  count: number | undefined
  /** The card that takes the focus when it arrives here. */
  awaited: string | undefined
  onArrived: () => void
  onMove: (item: T, to: string) => void
  onMoveBy: (item: T, by: number) => void
}

export function BoardColumn<T>({
  board,
  column,
  count,
  awaited,
  onArrived,
  onMove,
  onMoveBy,
}: ColumnProps<T>) {
  const element = useRef<HTMLLIElement>(null)
  const [over, setOver] = useState(false)
  const list = useInfiniteQuery({
    queryKey: [board.noun, 'board', 'column', column.id],
    queryFn: ({ pageParam }) => board.load(column.id, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  })
  const items = (list.data?.pages ?? []).flatMap((page) => page.items)
  useEffect(() => {
    if (!element.current) return
    return dropTargetForElements({
      element: element.current,
      canDrop: ({ source }) => source.data.noun === board.noun,
      getData: () => ({ column: column.id }),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    })
  }, [board.noun, column.id])

  return (
    <li
      ref={element}
      data-testid="board-column"
      className={`flex w-72 shrink-0 flex-col rounded-lg border ${over ? 'border-accent bg-accent-soft' : 'border-line bg-bg'}`}
    >
      <h2 className="flex h-10 shrink-0 items-center justify-between gap-2 px-3 font-medium">
        <span dir="auto" className="truncate">
          {column.name}
        </span>
        {count !== undefined && <span className="numeric text-muted text-sm">{shownCount(count)}</span>}
      </h2>
      <div className="scroller min-h-0 flex-1 px-2 pb-2">
        {list.isError ? (
          <Failed onRetry={() => void list.refetch()} />
        ) : list.isPending ? (
          <Skeleton rows={3} height="h-20" />
        ) : items.length === 0 ? (
          <p className="px-1 py-3 text-muted text-sm">{t('board.empty')}</p>
        ) : (
          <ul aria-label={column.name} className="flex flex-col gap-2">
            {items.map((item) => (
              <BoardCard
                key={board.keyOf(item)}
                board={board}
                item={item}
                focused={awaited === board.keyOf(item)}
                onFocused={onArrived}
                onMove={(to) => onMove(item, to)}
                onMoveBy={(by) => onMoveBy(item, by)}
              />
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <div className="pt-2 text-center">
            <Button small busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('common.showMore')}
            </Button>
          </div>
        )}
      </div>
    </li>
  )
}
