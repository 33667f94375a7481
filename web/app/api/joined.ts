import { call } from './http'
import type { components } from './schema'
import type { ID, Page } from './types'

export type JoinedConversation = components['schemas']['JoinedConversation']

/** Two conversations become one, and two again. */
export const joined = {
  list: async (id: ID) => (await call<Page<JoinedConversation>>('GET', `/conversations/${id}/joined`)).items,
  merge: (id: ID, other: ID) =>
    call<{ merge_id: ID }>('POST', `/conversations/${id}/merge`, { body: { conversation_id: other } }),
  unmerge: (merge: ID) =>
    call<{ kept_id: ID; gone_id: ID }>('POST', '/conversations/unmerge', { body: { merge_id: merge } }),
}
