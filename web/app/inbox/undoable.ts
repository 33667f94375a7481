import type { ID, Message } from '#/api/types'

/** For how long before it leaves a message goes back by the key; what leaves later goes by its button alone. */
const byKey = 60_000

/** mayTakeBack follows the server: words of a colleague are the colleague's, those of a machine anybody's. */
export function mayTakeBack(message: Pick<Message, 'author'>, me: ID): boolean {
  return message.author?.kind !== 'agent' || message.author.id === me
}

/** keyTakesBack says whether the undo key means this message: one's own that is about to leave. */
export function keyTakesBack(message: Pick<Message, 'author' | 'release_at'>, me: ID, now: number): boolean {
  if (message.author?.kind !== 'agent' || message.author.id !== me || !message.release_at) return false
  return Date.parse(message.release_at) - now <= byKey
}
