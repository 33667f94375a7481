import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { useKeys } from '#/keys/keys'
import { loadAround, loadBefore, loadMore } from '#/live/load'
import type { List } from '#/live/state'
import { inbox } from '#/live/store'
import { rowCount } from '#/live/stretch'
import { t } from '#/text/text'
import { useFixedRows } from '#/ui/fixed-rows'
import { usePrefs } from '#/ui/prefs'
import { Row } from './row'
import { SelectBox } from './select-box'
import type { Selection } from './selection'

interface RowsProps {
  list: List
  openId: string | undefined
  cursor: string | undefined
  /** The cursor where somebody has moved it: a first row that is new moves nobody. */
  moved: string | undefined
  onCursor: (id: string) => void
  selection: Selection
  /** The first row in sight, for keys that move when their own row is not loaded. */
  inSight: React.RefObject<string | undefined>
}

/** How near the end of what is loaded one comes before more is read. */
const near = 25

/** Only the rows on the screen exist, so a list may be as long as it likes; what is not loaded is read as one comes by. */
export function Rows({ list, openId, cursor, moved, onCursor, selection, inSight }: RowsProps) {
  const { ids } = list
  const before = list.before ?? 0
  const count = rowCount(list)
  const scroller = useRef<HTMLDivElement>(null)
  // Row heights are in rem, and the density is the size of a rem.
  const size = usePrefs().density === 'compact' ? 4.75 * 15 : 4.75 * 16
  const { from, to, first, last, scrollTo } = useFixedRows(scroller, count, size)
  useAnchor(scroller, list, size)
  useReading(list, first, last)
  useEnds(scroller, list, count * size, onCursor)
  inSight.current = ids[Math.max(0, first - before)]

  const at = moved ? ids.indexOf(moved) : -1
  // The browser has brought what gets the focus into sight, or was told not to; scrolled back to, it would undo an End.
  const focused = useRef<string>(undefined)
  const onFocus = useCallback(
    (id: string) => {
      focused.current = id
      onCursor(id)
    },
    [onCursor],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the cursor, not the list around it
  useEffect(() => {
    if (at >= 0 && focused.current !== moved) scrollTo(before + at)
    focused.current = undefined
  }, [moved])

  const rows = []
  for (let index = from; index < to; index++) {
    const id = ids[index - before]
    rows.push(
      <li
        key={id ?? index}
        aria-setsize={count}
        aria-posinset={index + 1}
        className="group/row absolute inset-x-0 top-0 h-19"
        style={{ transform: `translateY(${index * size}px)` }}
      >
        {id === undefined ? (
          <Unread />
        ) : (
          <>
            <SelectBox
              name={inbox.state.conversations.get(id)?.contact_name || t('contact.nameless')}
              chosen={selection.selected.has(id)}
              choosing={selection.selected.size > 0}
              id={id}
              onChoose={selection.choose}
            />
            <Row id={id} open={id === openId} at={id === cursor} onFocus={onFocus} />
          </>
        )}
      </li>,
    )
  }
  return (
    <div ref={scroller} className="scroller min-h-0 flex-1 [overflow-anchor:none]">
      <ul aria-label={t('inbox.list')} className="relative" style={{ height: count * size }}>
        {rows}
      </ul>
    </div>
  )
}

/** The place of a row that is being read. */
function Unread() {
  return (
    <span
      data-testid="row-unread"
      className="flex h-full items-start gap-3 border-line border-b px-3.5 py-2.5"
    >
      <span className="mt-0.5 size-9 shrink-0 rounded-full bg-sunken" />
      <span className="mt-1 flex flex-1 flex-col gap-2">
        <span className="h-3 w-1/2 rounded bg-sunken" />
        <span className="h-3 w-4/5 rounded bg-sunken" />
      </span>
    </span>
  )
}

/** useReading reads what comes into sight, and a little ahead of it. */
function useReading(list: List, first: number, last: number): void {
  useEffect(() => {
    const begin = list.before ?? 0
    const end = begin + list.ids.length
    if (last <= begin || first >= end) {
      if (begin > 0 || list.next) void loadAround(list.query, first)
    } else if (first < begin + near && begin > 0) void loadBefore(list.query)
    else if (last > end - near && list.next) void loadMore(list.query)
  }, [list, first, last])
}

/** useEnds has Home and End go to the first and the last conversation of all. */
function useEnds(
  scroller: React.RefObject<HTMLDivElement | null>,
  list: List,
  height: number,
  onCursor: (id: string) => void,
): void {
  const bound = useRef<'first' | 'last' | null>(null)
  const go = (end: 'first' | 'last') => {
    bound.current = end
    if (scroller.current) scroller.current.scrollTop = end === 'first' ? 0 : height
    arrive()
  }
  // Their rows may have to be read first.
  const arrive = () => {
    const last = bound.current === 'last'
    const there = last ? list.next === '' : !list.before
    const id = list.ids.at(last ? -1 : 0)
    if (!bound.current || !there || !id) return
    bound.current = null
    onCursor(id)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the list has changed
  useEffect(arrive, [list])
  useKeys({ Home: () => go('first'), End: () => go('last') })
}

/** useAnchor keeps what is being read in its place when rows come or go above it. */
function useAnchor(scroller: React.RefObject<HTMLDivElement | null>, list: List, size: number): void {
  const shown = useRef(list)
  useLayoutEffect(() => {
    const old = shown.current
    shown.current = list
    const element = scroller.current
    if (!element || old.ids === list.ids || element.scrollTop < size / 2) return
    const [was, is] = [old.before ?? 0, list.before ?? 0]
    const top = Math.max(0, Math.floor(element.scrollTop / size) - was)
    const anchor = old.ids.slice(top, top + 100).find((id) => list.ids.includes(id))
    if (!anchor) return
    const by = is + list.ids.indexOf(anchor) - was - old.ids.indexOf(anchor)
    if (by !== 0) element.scrollTop += by * size
  }, [scroller, list, size])
}
