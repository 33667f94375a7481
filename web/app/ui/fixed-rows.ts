import { type RefObject, useCallback, useMemo, useRef, useSyncExternalStore } from 'react'

/** By how many rows what is drawn moves on at once: a list that scrolls need not be drawn anew for each. */
const step = 2
/** How many rows are drawn beyond what is in sight, at each end. */
const spare = 8
/** How many rows are taken to fit at most. */
const most = 200

/** Before the list has a place, it has at most the whole window. */
const mostThatFit = (size: number): number => Math.min(most, Math.ceil(innerHeight / size))

/**
 * useFixedRows tells which rows of a list are to be drawn, where all are of one height. Nothing of it grows with the
 * list. The range is read as the list scrolls, before the browser paints.
 */
export function useFixedRows(scroller: RefObject<HTMLElement | null>, count: number, size: number) {
  // One number, so that only a step is news: the first row of it, and how many fit. It is read when it may have changed:
  // to read it at each drawing would make the browser lay out the whole page there and then.
  const range = useRef(-1)
  const subscribe = useCallback(
    (changed: () => void) => {
      const element = scroller.current
      if (!element) return () => {}
      const read = () => {
        const first = Math.floor(Math.max(0, element.scrollTop) / size / step) * step
        const fit = Math.min(most, Math.ceil(element.clientHeight / size))
        range.current = first * 256 + fit
        changed()
      }
      read()
      element.addEventListener('scroll', read, { passive: true })
      const observer = new ResizeObserver(read)
      observer.observe(element)
      return () => {
        element.removeEventListener('scroll', read)
        observer.disconnect()
      }
    },
    [scroller, size],
  )
  const seen = useSyncExternalStore(subscribe, () => {
    if (range.current < 0) range.current = mostThatFit(size)
    return range.current
  })
  const [first, fit] = [Math.floor(seen / 256), seen % 256]
  const from = Math.max(0, Math.min(first, count) - spare)
  const to = Math.min(count, first + fit + step + spare)

  const scrollTo = useCallback(
    (row: number) => {
      const element = scroller.current
      if (!element) return
      const top = row * size
      const bottom = top + size - element.clientHeight
      if (element.scrollTop > top) element.scrollTop = top
      else if (element.scrollTop < bottom) element.scrollTop = bottom
    },
    [scroller, size],
  )
  return useMemo(
    () => ({ from, to, first, last: Math.min(count, first + fit + step), scrollTo }),
    [from, to, first, fit, count, scrollTo],
  )
}
