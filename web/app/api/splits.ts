import { call } from './http'
import type { components } from './schema'
import type { ID } from './types'

type Schemas = components['schemas']
export type SplitConversation = Schemas['SplitConversation']

/** The end of a conversation becomes one of its own, and part of it again. */
export const splits = {
  split: (id: ID, body: { message_id: ID; subject: string; request: boolean }) =>
    call<SplitConversation>('POST', `/conversations/${id}/split`, { body }),
  undo: (split: ID) =>
    call<{ kept_id: ID; gone_id: ID }>('POST', '/conversations/unsplit', { body: { split_id: split } }),
}
