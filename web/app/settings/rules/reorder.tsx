import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { t } from '#/text/text'
import type { MenuItem } from '#/ui/menu'

/** moved is a list with the item at one place put at another. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const next = [...list]
  const [item] = next.splice(from, 1)
  if (item !== undefined) next.splice(Math.max(0, Math.min(to, list.length - 1)), 0, item)
  return next
}

interface HandleProps {
  name: string
  index: number
  count: number
  onMove: (from: number, to: number) => void
}

/** A grip: drag it with a mouse or a finger, or press the arrow keys on it. Its row is an `li`. */
export function MoveHandle({ name, index, count, onMove }: HandleProps) {
  const handle = useRef<HTMLButtonElement>(null)
  const [held, setHeld] = useState(false)

  function onPointerMove(event: PointerEvent): void {
    const row = handle.current?.closest('li')
    const list = row?.parentElement
    if (!held || !row || !list) return
    const rows = [...list.children].map((child) => child.getBoundingClientRect())
    const before = rows[index - 1]
    const after = rows[index + 1]
    if (before && event.clientY < before.top + before.height / 2) onMove(index, index - 1)
    else if (after && event.clientY > after.top + after.height / 2) onMove(index, index + 1)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (step === 0) return
    event.preventDefault()
    if (index + step >= 0 && index + step < count) onMove(index, index + step)
  }

  return (
    <button
      ref={handle}
      type="button"
      aria-label={t('rule.move', { name, n: index + 1, of: count })}
      title={t('rule.moveHint')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setHeld(true)
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => setHeld(false)}
      onPointerCancel={() => setHeld(false)}
      onKeyDown={onKeyDown}
      className={`grid h-8 w-6 shrink-0 touch-none place-items-center rounded-md text-faint hover:bg-hover hover:text-text ${held ? 'cursor-grabbing bg-hover' : 'cursor-grab'}`}
    >
      <svg aria-hidden="true" viewBox="0 0 8 14" className="h-3.5" fill="currentColor">
        {[2, 7, 12].map((y) => (
          <g key={y}>
            <circle cx="2" cy={y} r="1.2" />
            <circle cx="6" cy={y} r="1.2" />
          </g>
        ))}
      </svg>
    </button>
  )
}

/** moveItems are the same moves in a menu, for whoever neither drags nor uses keys. */
export function moveItems(index: number, count: number, onMove: HandleProps['onMove']): MenuItem[] {
  const items: MenuItem[] = []
  if (index > 0) items.push({ id: 'up', name: t('rule.moveUp'), run: () => onMove(index, index - 1) })
  if (index < count - 1)
    items.push({ id: 'down', name: t('rule.moveDown'), icon: 'down', run: () => onMove(index, index + 1) })
  return items
}
