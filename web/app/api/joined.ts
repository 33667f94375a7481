import { call } from './http'
import type { components } from './schema'
import type { ID } from './types'

export type JoinedConversation = components['schemas']['JoinedConversation']

/** Two conversations become one, and two again. */
export const joined = {
  list: (id: ID) => call<JoinedConversation[]>('GET', `/conversations/${id}/joined`),
  merge: (id: ID, other: ID) =>
    call<{ merge_id: ID }>('POST', `/conversations/${id}/merge`, { body: { conversation_id: other } }),
  unmerge: (merge: ID) =>
    call<{ kept_id: ID; gone_id: ID }>('POST', '/conversations/unmerge', { body: { merge_id: merge } }),
}
