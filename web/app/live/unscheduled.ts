import type { ID } from '#/api/types'
import { inbox } from './store'

type Listener = (conversation: ID) => void

const listeners = new Set<Listener>()

/** onUnscheduled calls back when an answer of ours was taken back because the contact wrote. */
export function onUnscheduled(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** noticeRemoved looks at a message that is about to go, and at what took it away. */
export function noticeRemoved(conversation: ID, message: ID, cause: unknown): void {
  if ((cause as { kind?: string } | null)?.kind !== 'visitor') return
  const pending = inbox.state.threads.get(conversation)?.pending.find((one) => one.id === message)
  if (pending?.author?.id !== inbox.state.me) return
  for (const listener of listeners) listener(conversation)
}
