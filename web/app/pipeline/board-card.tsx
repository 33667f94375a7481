import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { t } from '#/text/text'
import { InlineSelect } from '#/ui/field'
import type { BoardProps } from './board'

interface CardProps<T> {
  board: BoardProps<T>
  item: T
  /** It was moved by key and takes the focus where it has arrived, once. */
  focused: boolean
  onFocused: () => void
  onMove: (to: string) => void
  onMoveBy: (by: number) => void
}

const beside: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }

export function BoardCard<T>({ board, item, focused, onFocused, onMove, onMoveBy }: CardProps<T>) {
  const element = useRef<HTMLLIElement>(null)
  const latest = useRef(item)
  latest.current = item
  const arrived = useRef(onFocused)
  arrived.current = onFocused
  const [dragged, setDragged] = useState(false)
  const name = board.nameOf(item)
  useEffect(() => {
    if (!element.current) return
    return draggable({
      element: element.current,
      getInitialData: () => ({ noun: board.noun, item: latest.current }),
      onDragStart: () => setDragged(true),
      onDrop: () => setDragged(false),
    })
  }, [board.noun])
  useEffect(() => {
    if (!focused) return
    element.current?.focus()
    arrived.current()
  }, [focused])

  const press = (event: KeyboardEvent) => {
    if (event.target !== element.current) return
    const by = beside[event.key]
    if (by && event.shiftKey) onMoveBy(by * (document.dir === 'rtl' ? -1 : 1))
    else if (event.key === 'ArrowDown') (element.current?.nextElementSibling as HTMLElement | null)?.focus()
    else if (event.key === 'ArrowUp') (element.current?.previousElementSibling as HTMLElement | null)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <li
      ref={element}
      data-testid="board-card"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a card is moved by keys
      tabIndex={0}
      aria-label={name}
      aria-describedby="board-help"
      onKeyDown={press}
      className={`flex cursor-grab flex-col gap-1.5 rounded-md border border-line bg-surface p-3 shadow-sm ${dragged ? 'opacity-50' : ''}`}
    >
      {board.card(item)}
      <InlineSelect
        label={t('board.moveTo', { name })}
        className="-mx-1.5 max-w-none! text-muted text-sm"
        value={board.columnOf(item)}
        onChange={(event) => onMove(event.target.value)}
      >
        {board.columns.map((column) => (
          <option key={column.id} value={column.id}>
            {column.name}
          </option>
        ))}
      </InlineSelect>
    </li>
  )
}
