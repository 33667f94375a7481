import { useRef } from 'react'
import { conversations } from '#/api/inbox'

/** useTyping tells the others that somebody writes, at most every four seconds. */
export function useTyping(id: string): (kind: 'reply' | 'note') => void {
  const told = useRef(0)
  return (kind) => {
    if (Date.now() - told.current < 4_000) return
    told.current = Date.now()
    conversations.typing(id, kind).catch(() => undefined)
  }
}
