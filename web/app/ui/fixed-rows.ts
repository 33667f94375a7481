import { type RefObject, useCallback, useMemo, useSyncExternalStore } from 'react'

/** By how many rows what is drawn moves on at once: a list that scrolls need not be drawn anew for each. */
const step = 4
/** How many rows are drawn beyond what is in sight, at each end. */
const spare = 8

/**
 * useFixedRows tells which rows of a list are to be drawn, where all are of one height. Nothing of it grows with the
 * list. The range is read as the list scrolls, before the browser paints.
 */
export function useFixedRows(scroller: RefObject<HTMLElement | null>, count: number, size: number) {
  const subscribe = useCallback(
    (changed: () => void) => {
      const element = scroller.current
      if (!element) return () => {}
      element.addEventListener('scroll', changed, { passive: true })
      const observer = new ResizeObserver(changed)
      observer.observe(element)
      return () => {
        element.removeEventListener('scroll', changed)
        observer.disconnect()
      }
    },
    [scroller],
  )
  // One number, so that only a step is news: the first row of it, and how many fit.
  const read = () => {
    const element = scroller.current
    if (!element) return 0
    const first = Math.floor(Math.max(0, element.scrollTop) / size / step) * step
    const fit = Math.min(200, Math.ceil(element.clientHeight / size))
    return first * 256 + fit
  }
  const range = useSyncExternalStore(subscribe, read)
  const [first, fit] = [Math.floor(range / 256), range % 256]
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
