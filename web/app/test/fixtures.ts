import type { Conversation, Message } from '#/api/types'

const at = '2026-11-22T10:00:00Z'

export function conversation(id: string, change: Partial<Conversation> = {}): Conversation {
  return {
    id,
    number: Number(id),
    account_id: '1',
    account_kind: 'webchat',
    chat: id,
    contact_id: id,
    contact_name: `Contact ${id}`,
    subject: '',
    status: 'open',
    unanswered: true,
    waiting_since: at,
    last_inbound_at: at,
    closed_at: null,
    assignee_id: null,
    team_id: null,
    priority: 'normal',
    labels: [],
    snoozed_until: null,
    seq: 1,
    read_seq: 0,
    last_message: { text: 'Hello', direction: 'inbound', at },
    lead_id: null,
    request_id: null,
    clocks: [],
    merged_into: null,
    created_at: at,
    updated_at: at,
    ...change,
  }
}

export function message(id: string, seq: number | null, change: Partial<Message> = {}): Message {
  return {
    id,
    conversation_id: '1',
    seq,
    direction: 'inbound',
    kind: 'message',
    author: { kind: 'contact', id: '1', name: 'Contact 1' },
    text: `text ${id}`,
    html: '',
    attachments: [],
    reply_to: null,
    state: 'received',
    error: null,
    remote_id: null,
    client_id: null,
    from: null,
    to: [],
    answer_to: [],
    cc: [],
    bcc: [],
    subject: '',
    quoted: '',
    warning: '',
    nature: '',
    original: false,
    release_at: null,
    sent_at: null,
    created_at: at,
    ...change,
  }
}
