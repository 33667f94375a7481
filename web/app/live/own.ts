import type { Message } from '#/api/types'
import { inbox } from './store'

type Listener = (message: Message) => void

const listeners = new Set<Listener>()

/** onOwn calls back when a message of one's own has been stored, from this window or another one. */
export function onOwn(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function noticeOwn(message: Message): void {
  if (message.author?.kind !== 'agent' || message.author.id !== inbox.state.me) return
  for (const listener of listeners) listener(message)
}
