import { useState } from 'react'
import type { Conversation, ID, Inquiry, Lead } from '#/api/types'

type Owned = Pick<Lead | Inquiry, 'id' | 'owner_id' | 'conversation_id'>
type Of = Pick<Conversation, 'id' | 'assignee_id'>

/** Whose both were when they were last looked at. */
export interface Stand {
  id: ID
  assignee: ID | null
  /** Whoever has given the conversation away, and whose the record still is. */
  behind?: ID | null
}

/** stand looks at a lead or a request beside its conversation: which it follows, a moment later. */
export function stand(seen: Stand | null, { id, owner_id }: Owned, { assignee_id }: Of): Stand {
  const now = { id, assignee: assignee_id }
  if (seen?.id !== id || owner_id === assignee_id) return now
  const left = seen.assignee !== assignee_id && owner_id === seen.assignee
  return left || owner_id === seen.behind ? { ...now, behind: owner_id } : now
}

/** goesAlong is true where it has the owner of the conversation, or is about to. */
export function goesAlong(now: Stand, { owner_id, conversation_id }: Owned, of: Of): boolean {
  if (owner_id === of.assignee_id) return true
  // What has begun in another conversation stays with that one.
  return conversation_id === of.id && now.behind === owner_id
}

/** useGoesAlong says whether a lead or a request has the owner of its conversation; false while it is not read. */
export function useGoesAlong(record: Owned | null | undefined, of: Of): boolean {
  const [seen, see] = useState<Stand | null>(null)
  if (!record) return false
  const now = stand(seen, record, of)
  const changed = seen?.id !== now.id || seen.assignee !== now.assignee || seen.behind !== now.behind
  if (changed) see(now)
  return goesAlong(now, record, of)
}
