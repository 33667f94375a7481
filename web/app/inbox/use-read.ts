import { type RefObject, useEffect } from 'react'
import { conversations } from '#/api/inbox'
import { editConversation } from '#/live/change'
import { inbox } from '#/live/store'

/** How near the end of a thread counts as at the end. */
export const near = 80

/** useRead tells the server what was seen: the page in sight, the end on the screen. */
export function useRead(id: string, seq: number, scroller: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const tell = () => {
      const element = scroller.current
      const read = inbox.state.conversations.get(id)?.read_seq ?? 0
      if (seq <= read || document.hidden || !document.hasFocus() || !element) return
      if (element.scrollHeight - element.scrollTop - element.clientHeight >= near) return
      inbox.change((state) => editConversation(state, id, { read_seq: seq }))
      conversations.read(id, seq).catch(() => undefined)
    }
    tell()
    addEventListener('focus', tell)
    const element = scroller.current
    element?.addEventListener('scroll', tell)
    return () => {
      removeEventListener('focus', tell)
      element?.removeEventListener('scroll', tell)
    }
  }, [id, seq, scroller])
}
