import { type ConversationChange, type ConversationGuard, type ConversationWas, guarded } from '#/api/inbox'
import type { Conversation, ID } from '#/api/types'

type Changeable = Pick<Conversation, keyof ConversationChange>

/**
 * as is what a change names, as it was before it. What is the reader's alone no event tells: unknown, it was not
 * so, and the server takes no null for it.
 */
export function as(before: Changeable, change: ConversationChange): ConversationChange {
  const names = Object.keys(change) as (keyof ConversationChange)[]
  const old = (name: keyof ConversationChange) =>
    name === 'pinned' || name === 'following' ? before[name] === true : before[name]
  return Object.fromEntries(names.map((name) => [name, old(name)]))
}

/**
 * wayBack is the change that restores what was before, given the server's answer to the
 * change: a status may have taken more with it. Closing ends the wait for an answer,
 * waking forgets the hour. What is opened again would wait as its messages say, unless it
 * is said that it did not.
 */
export function wayBack(
  before: Changeable,
  change: ConversationChange,
  after: Changeable,
  now = Date.now(),
): ConversationChange {
  const back = as(before, change)
  // The server knows how it stood before it was put aside.
  if (change.spam !== undefined) return back
  const closed = after.status === 'closed' && before.status !== 'closed'
  if (closed || after.unanswered !== before.unanswered) back.unanswered = before.unanswered
  if (after.status === before.status && after.snoozed_until === before.snoozed_until) return back
  const overslept = before.status === 'snoozed' && Date.parse(before.snoozed_until ?? '') <= now
  if (overslept) return { ...back, status: 'open', snoozed_until: null }
  return { ...back, status: before.status, snoozed_until: before.snoozed_until }
}

/** seenIn is what a change goes by: the fields that it names, as they were left, so that nobody is overwritten who has touched one since. */
export function seenIn(
  left: ConversationWas,
  change: ConversationChange,
): Record<string, never> | { was: ConversationWas } {
  const looked = guarded.filter((name) => change[name] !== undefined && left[name] !== undefined)
  return looked.length > 0 ? { was: Object.fromEntries(looked.map((name) => [name, left[name]])) } : {}
}

/** oneByOne names which labels come and which go, where it is known which there were: those that others have put on or taken off since stay so. */
export function oneByOne(change: ConversationChange, were?: ID[]): ConversationChange & ConversationGuard {
  const { labels, ...rest } = change
  if (!labels || !were) return change
  const add = labels.filter((label) => !were.includes(label))
  const remove = were.filter((label) => !labels.includes(label))
  return {
    ...rest,
    ...(add.length > 0 && { add_labels: add }),
    ...(remove.length > 0 && { remove_labels: remove }),
  }
}
