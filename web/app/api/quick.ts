import { call, type Query } from './http'
import type { ID, NewQuickReply, Page, QuickReply, RenderedReply, ReplyPreview, TextVariable } from './types'

/** What a reply is filled in for, and what is said to its blanks. */
export interface Filling {
  conversation_id: ID
  answers?: Record<string, string>
  /** Blanks may stay open. */
  partial?: boolean
  /** Only to be looked at: no files come along. */
  look?: boolean
}

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Texts that people keep at hand. */
export const quickReplies = {
  list: (query: Query = {}) => call<Page<QuickReply>>('GET', '/quick-replies', { query }),
  create: (body: NewQuickReply) => call<QuickReply>('POST', '/quick-replies', { body }),
  update: (id: ID, body: Partial<NewQuickReply>) =>
    call<QuickReply>('PATCH', `/quick-replies/${id}`, { body }),
  remove: (id: ID) => call<void>('DELETE', `/quick-replies/${id}`),
  variables: () => call<Page<TextVariable>>('GET', '/quick-replies/variables'),
  preview: (text: string, language: string, signal?: AbortSignal) =>
    call<ReplyPreview>('POST', '/quick-replies/preview', {
      body: { text, language, time_zone: zone() },
      signal,
    }),
  render: (id: ID, body: Filling) =>
    call<RenderedReply>('POST', `/quick-replies/${id}/render`, { body: { ...body, time_zone: zone() } }),
}
