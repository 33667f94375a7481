import { useEffect, useRef } from 'react'
import { conversations } from '#/api/inbox'

/** useTyping tells the others that somebody writes, at most every four seconds, and at once that they have stopped. */
export function useTyping(id: string): (kind: 'reply' | 'note', blank: boolean) => void {
  const told = useRef(0)
  const last = useRef<'reply' | 'note'>('reply')

  function tell(kind: 'reply' | 'note', gone: boolean): void {
    told.current = gone ? 0 : Date.now()
    last.current = kind
    conversations.typing(id, kind, gone).catch(() => undefined)
  }

  useEffect(() => {
    return () => {
      // Whoever wrote a moment ago and goes elsewhere writes no more.
      if (Date.now() - told.current > 6_000) return
      told.current = 0
      conversations.typing(id, last.current, true).catch(() => undefined)
    }
  }, [id])

  return (kind, blank) => {
    if (blank ? told.current > 0 : Date.now() - told.current >= 4_000) tell(kind, blank)
  }
}
