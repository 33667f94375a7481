import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/**
 * useFocusBack gives the focus back to a message whose pressed button or field is gone: to what can be done with it,
 * or to the message itself, so that the keyboard goes on from here and not from the top of the chat.
 */
export function useFocusBack() {
  const row = useRef<HTMLLIElement>(null)
  const [asked, setAsked] = useState(0)
  useLayoutEffect(() => {
    const now = document.activeElement
    if (asked === 0 || (now !== document.body && !row.current?.contains(now))) return
    const next = row.current?.querySelector<HTMLElement>('.dots3') ?? row.current
    next?.focus()
  }, [asked])
  return { row, handBack: () => setAsked((times) => times + 1) }
}
