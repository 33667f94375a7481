import { call } from './http'
import type { components } from './schema'
import type { ID, Page } from './types'

export type LinkedConversation = components['schemas']['LinkedConversation']

/** Conversations that belong together. */
export const links = {
  list: async (id: ID) => (await call<Page<LinkedConversation>>('GET', `/conversations/${id}/links`)).items,
  add: (id: ID, other: ID) =>
    call<void>('POST', `/conversations/${id}/links`, { body: { conversation_id: other } }),
  remove: (id: ID, other: ID) => call<void>('DELETE', `/conversations/${id}/links/${other}`),
}
