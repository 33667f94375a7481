import { call } from './http'
import type { components } from './schema'
import type { ID } from './types'

export type LinkedConversation = components['schemas']['LinkedConversation']

/** Conversations that belong together. */
export const links = {
  list: (id: ID) => call<LinkedConversation[]>('GET', `/conversations/${id}/links`),
  add: (id: ID, other: ID) =>
    call<void>('POST', `/conversations/${id}/links`, { body: { conversation_id: other } }),
  remove: (id: ID, other: ID) => call<void>('DELETE', `/conversations/${id}/links/${other}`),
}
