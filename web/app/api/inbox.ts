import { call, type Query } from './http'
import type {
  Attachment,
  Conversation,
  Counts,
  Draft,
  ID,
  Limits,
  Message,
  MessagePage,
  NewDraft,
  NewMessage,
  Origin,
  Page,
  TimelineEntry,
} from './types'

export type ConversationChange = Partial<
  Pick<
    Conversation,
    | 'status'
    | 'assignee_id'
    | 'team_id'
    | 'priority'
    | 'labels'
    | 'snoozed_until'
    | 'unanswered'
    | 'subject'
    | 'spam'
    | 'pinned'
    | 'following'
    | 'request_id'
  >
>

/** What of a conversation the server compares with what was seen. */
export const guarded = [
  'status',
  'assignee_id',
  'team_id',
  'priority',
  'snoozed_until',
  'subject',
  'request_id',
] as const
export type ConversationWas = Partial<Pick<Conversation, (typeof guarded)[number]>>

/** What a change goes by besides, and labels one by one. */
export interface ConversationGuard {
  /** What it was when the change was decided; what somebody else has changed since stays. */
  was?: ConversationWas
  add_labels?: ID[]
  remove_labels?: ID[]
  /** For colleagues, written along with the change. */
  note?: string
}

/** What is written to somebody first, and from which account. */
export interface Beginning {
  account_id: ID
  address: string
  subject: string
  message: Omit<NewMessage, 'seen_seq' | 'close'>
}

export const conversations = {
  list: (query: Query, signal?: AbortSignal) =>
    call<Page<Conversation> & { prev?: string }>('GET', '/conversations', { query, signal }),
  length: (query: Query) => call<{ count: number }>('GET', '/conversations/length', { query }),
  counts: () => call<Counts>('GET', '/conversations/counts'),
  get: (id: ID) => call<Conversation>('GET', `/conversations/${id}`),
  begin: (body: Beginning) =>
    call<Conversation>('POST', '/conversations', { body, idempotencyKey: body.message.client_id }),
  update: (id: ID, body: ConversationChange & ConversationGuard) =>
    call<Conversation>('PATCH', `/conversations/${id}`, { body }),
  read: (id: ID, seq: number) => call<void>('POST', `/conversations/${id}/read`, { body: { seq } }),
  typing: (id: ID, kind: 'reply' | 'note', gone = false) =>
    call<void>('POST', `/conversations/${id}/typing`, { body: { kind, gone } }),
  /** Whoever leaves may be closing the page: such a request outlives it. */
  viewing: (id: ID, gone = false) =>
    call<void>('POST', `/conversations/${id}/viewing`, { body: { gone }, keepalive: gone }),
  limits: (id: ID) => call<Limits>('GET', `/conversations/${id}/limits`),
  /** Lets a contact who asked for no more messages be written to again. */
  liftStop: (id: ID) => call<void>('DELETE', `/conversations/${id}/stop`),
  origin: (id: ID) => call<Origin>('GET', `/conversations/${id}/origin`),
  timeline: (id: ID, cursor?: string) =>
    call<Page<TimelineEntry>>('GET', `/conversations/${id}/timeline`, { query: { cursor, limit: 100 } }),
}

export const drafts = {
  get: (id: ID) => call<Draft>('GET', `/conversations/${id}/draft`),
  put: (id: ID, body: NewDraft) => call<Draft>('PUT', `/conversations/${id}/draft`, { body }),
  remove: (id: ID) => call<void>('DELETE', `/conversations/${id}/draft`),
}

export const messages = {
  last: (id: ID) =>
    call<MessagePage>('GET', `/conversations/${id}/messages`, { query: { last: true, limit: 50 } }),
  before: (id: ID, seq: number, limit: number) =>
    call<MessagePage>('GET', `/conversations/${id}/messages`, { query: { before_seq: seq, limit } }),
  send: (id: ID, body: NewMessage) =>
    call<Message>('POST', `/conversations/${id}/messages`, {
      body,
      idempotencyKey: body.client_id,
      signal: AbortSignal.timeout(20_000),
    }),
  sendNow: (id: ID) => call<Message>('POST', `/messages/${id}/send`),
  undo: (id: ID) => call<Message>('DELETE', `/messages/${id}`),
  resend: (id: ID) => call<Message>('POST', `/messages/${id}/resend`),
}

/** What can be changed of a message that was sent. */
export const amendments = {
  edit: (id: ID, body: { text: string; html: string }) => call<Message>('PATCH', `/messages/${id}`, { body }),
  withdraw: (id: ID) => call<Message>('POST', `/messages/${id}/withdraw`),
  restore: (id: ID) => call<Message>('POST', `/messages/${id}/restore`),
  react: (id: ID, emoji: string) => call<Message>('PUT', `/messages/${id}/reaction`, { body: { emoji } }),
  unreact: (id: ID) => call<Message>('DELETE', `/messages/${id}/reaction`),
  drop: (id: ID, amendment: ID) => call<Message>('DELETE', `/messages/${id}/amendments/${amendment}`),
}

export const files = {
  upload: (file: File) => {
    const body = new FormData()
    body.append('file', file, file.name)
    return call<Attachment>('POST', '/files', { body })
  },
}
