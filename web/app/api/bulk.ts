import { call } from './http'
import type { ConversationChange, ConversationGuard } from './inbox'
import type { components } from './schema'
import type { ID } from './types'

/** One change of several conversations; single labels come and go beside the rest. */
export type BulkChange = ConversationChange & Omit<ConversationGuard, 'note'> & { ids: ID[] }
export type BulkChanged = components['schemas']['BulkChanged']

/** The server takes as many conversations in one call. */
export const mostAtOnce = 200

export const changeConversations = (changes: BulkChange[]) =>
  call<BulkChanged>('POST', '/conversations/bulk', { body: { changes } })
