import { type RefObject, useEffect } from 'react'

/** Whether the browser keeps what is read in its place when something comes above it: without, more would come without end. */
const keepsPlace = typeof CSS !== 'undefined' && CSS.supports('overflow-anchor', 'auto')

/**
 * useOnwards has `goOn` look again whenever something has come above, which `above` names. Who waits at the very top for what
 * is read, or moves while it is drawn, stays there: no further move asks for more.
 */
export function useOnwards(
  scroller: RefObject<HTMLElement | null>,
  above: string,
  reach: number,
  goOn: () => void,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every stretch that comes above
  useEffect(() => {
    if (!keepsPlace) return
    let timer: ReturnType<typeof setTimeout> | undefined
    // The browser puts what is read back into its place at the end of a frame.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => (scroller.current?.scrollTop ?? reach) < reach && goOn())
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [above])
}
