import { startTransition, useEffect, useState } from 'react'

/**
 * usePainted is false until what comes first is there and on the screen. What is drawn only then does not delay it, and
 * gives way to whatever is pressed meanwhile.
 */
export function usePainted(first: boolean): boolean {
  const [painted, setPainted] = useState(false)
  useEffect(() => {
    if (!first || painted) return
    let timer: ReturnType<typeof setTimeout> | undefined
    // A frame begins with its callbacks; it is on the screen by the next task.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setPainted(true)))
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [first, painted])
  return painted
}
