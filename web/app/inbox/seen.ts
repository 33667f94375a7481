import type { ID, Message } from '#/api/types'
import type { LocalDraft } from './draft'

/** What was on the screen when writing began; what colleagues answered since must be looked at first. */
type Begun = Pick<LocalDraft, 'since' | 'sincePending'>

export function isColleagues(message: Message, me: ID): boolean {
  return message.direction === 'outbound' && message.kind === 'message' && message.author?.id !== me
}

/** newerAnswers are what colleagues answered after a draft was begun, and what of theirs is about to leave. */
export function newerAnswers(items: Message[], pending: Message[], begun: Begun, me: ID): Message[] {
  const { since, sincePending } = begun
  if (since === null) return []
  const fresh = (item: Message) => isColleagues(item, me) && !sincePending.includes(item.id)
  return [
    ...items.filter((item) => (item.seq ?? 0) > since && fresh(item)),
    ...pending.filter((item) => isLeaving(item) && fresh(item)),
  ]
}

/** isLeaving is true for an answer that can only be taken back for a moment, not one that is put off. */
export function isLeaving(message: Message): boolean {
  if (message.state !== 'scheduled' || !message.release_at) return false
  return Date.parse(message.release_at) - Date.parse(message.created_at) <= 60_000
}

/** leavingIds are those of such answers, whoever's. */
export function leavingIds(pending: Message[]): ID[] {
  return pending.filter(isLeaving).map((item) => item.id)
}

/** What an answer takes into account, as the server is told. */
export interface Seen {
  seen_seq: number
  seen_pending: ID[]
}

/**
 * seen is what an answer takes into account. What the contact wrote while we typed was on the
 * screen; a colleague's answer must be looked at first.
 */
export function seen(items: Message[], pending: Message[], begun: Begun, me: ID): Seen {
  const newer = new Set(newerAnswers(items, pending, begun, me).map((item) => item.id))
  const first = items.find((item) => newer.has(item.id))
  const known = pending.filter((item) => !item.id.startsWith('local:') && !newer.has(item.id))
  return {
    seen_seq: first?.seq ? first.seq - 1 : (items.at(-1)?.seq ?? 0),
    seen_pending: known.map((item) => item.id),
  }
}
