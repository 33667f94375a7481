import { useEffect, useRef, useState } from 'react'

/** useSending says whether a form is shut because what it holds is on its way, and gives the focus back if that stays. */
export function useSending(): [boolean, (sending: boolean) => void] {
  const [sending, setSending] = useState(false)
  const held = useRef<Element | null>(null)
  useEffect(() => {
    if (sending || !(held.current instanceof HTMLElement)) return
    held.current.focus()
    held.current = null
  }, [sending])
  return [
    sending,
    (next) => {
      if (next) held.current = document.activeElement
      setSending(next)
    },
  ]
}
