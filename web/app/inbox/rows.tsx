import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { ListQuery } from '#/live/lists'
import { loadMore } from '#/live/load'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { usePrefs } from '#/ui/prefs'
import { Row } from './row'
import { SelectBox } from './select-box'
import type { Selection } from './selection'

interface RowsProps {
  ids: string[]
  query: ListQuery
  openId: string | undefined
  cursor: string | undefined
  onCursor: (id: string) => void
  selection: Selection
}

/** Only the rows on the screen exist, so a list may be as long as it likes. */
export function Rows({ ids, query, openId, cursor, onCursor, selection }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  // Row heights are in rem, and the density is the size of a rem.
  const size = usePrefs().density === 'compact' ? 4.75 * 15 : 4.75 * 16
  const rows = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 8,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density is another size
  useEffect(() => rows.measure(), [rows, size])
  useAnchor(scroller, ids, size)

  const shown = rows.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= ids.length - 10) void loadMore(query)
  }, [last, ids.length, query])

  const at = cursor ? ids.indexOf(cursor) : -1
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the cursor, not the list around it
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: 'auto' })
  }, [cursor])

  return (
    <div ref={scroller} className="scroller min-h-0 flex-1 [overflow-anchor:none]">
      <ul aria-label={t('inbox.list')} className="relative" style={{ height: rows.getTotalSize() }}>
        {shown.map((item) => {
          const id = ids[item.index]
          return id === undefined ? null : (
            <li
              key={item.key}
              aria-setsize={ids.length}
              aria-posinset={item.index + 1}
              className="group/row absolute inset-x-0 top-0 h-19"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <SelectBox
                name={inbox.state.conversations.get(id)?.contact_name || t('contact.nameless')}
                chosen={selection.selected.has(id)}
                choosing={selection.selected.size > 0}
                onChoose={(range) => selection.choose(id, range)}
              />
              <Row id={id} open={id === openId} at={id === cursor} onFocus={() => onCursor(id)} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** useAnchor keeps what is being read in its place when rows come or go above it. */
function useAnchor(scroller: React.RefObject<HTMLDivElement | null>, ids: string[], size: number): void {
  const before = useRef(ids)
  useLayoutEffect(() => {
    const old = before.current
    before.current = ids
    const element = scroller.current
    if (!element || old === ids || element.scrollTop < size / 2) return
    const top = Math.floor(element.scrollTop / size)
    const anchor = old.slice(top).find((id) => ids.includes(id))
    if (anchor) element.scrollTop += (ids.indexOf(anchor) - old.indexOf(anchor)) * size
  }, [scroller, ids, size])
}
