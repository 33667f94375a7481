/** The objects of the HTTP interface, as the server's OpenAPI description names them. Times are RFC 3339, UTC. */

export type ID = string
export type Language = 'ru' | 'en'
export type Role = 'admin' | 'lead' | 'agent' | 'marketer'
export type Presence = 'online' | 'away' | 'busy' | 'offline'
export type Status = 'open' | 'pending' | 'snoozed' | 'closed'
export type Priority = 'low' | 'normal' | 'high' | 'urgent'

/** Page is one page of a list; `next` is empty at the end. */
export interface Page<T> {
  items: T[]
  next: string
}

export interface Agent {
  id: ID
  email: string
  name: string
  role: Role
  language: Language
  capacity: number
  presence: Presence
  skills: string[]
  team_ids: ID[]
  access: { conversations: 'all' | 'team' | 'own'; account_ids: ID[] }
  disabled: boolean
  created_at: string
}

export interface Team {
  id: ID
  name: string
  member_ids: ID[]
  created_at: string
}

export interface Session {
  csrf_token: string
  agent: Agent
  teams: Team[]
}

export interface SessionInfo {
  id: ID
  created_at: string
  last_seen_at: string
  ip: string
  user_agent: string
  current: boolean
}

export interface Invitation {
  id: ID
  email: string
  name: string
  role: Role
  team_ids: ID[]
  url?: string
  expires_at: string
}

export interface ApiKey {
  id: ID
  name: string
  prefix: string
  scopes: string[]
  created_at: string
  last_used_at: string | null
  key?: string
}

export interface Label {
  id: ID
  name: string
  color: string
}

export interface Conversation {
  id: ID
  number: number
  account_id: ID
  account_kind: string
  chat: string
  contact_id: ID | null
  contact_name: string
  subject: string
  status: Status
  unanswered: boolean
  waiting_since: string | null
  last_inbound_at: string | null
  closed_at: string | null
  assignee_id: ID | null
  team_id: ID | null
  priority: Priority
  labels: ID[]
  snoozed_until: string | null
  seq: number
  /** How far the caller has read; null in events. */
  read_seq: number | null
  last_message: { text: string; direction: 'inbound' | 'outbound'; at: string } | null
  lead_id: ID | null
  request_id: ID | null
  clocks: { metric: string; state: string; due_at: string | null }[]
  merged_into: ID | null
  created_at: string
  updated_at: string
}

export interface Attachment {
  id: ID
  name: string
  type: string
  size: number
  url: string
  image: boolean
}

export interface Author {
  /** agent, contact, api, bot, system or network (sent past this program). */
  kind: string
  id: ID | null
  name: string
}

export type MessageState =
  | 'received'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'uncertain'
  | 'scheduled'
  | 'held'

export interface Message {
  id: ID
  conversation_id: ID
  seq: number | null
  direction: 'inbound' | 'outbound'
  kind: 'message' | 'note' | 'system'
  author: Author
  text: string
  html: string
  attachments: Attachment[]
  reply_to: ID | null
  state: MessageState
  error: string | { code?: string; text?: string } | null
  remote_id: string | null
  client_id: string | null
  release_at: string | null
  edited_at?: string | null
  deleted_at?: string | null
  sent_at: string | null
  created_at: string
}

export interface MessagePage extends Page<Message> {
  pending: Message[]
}

export interface NewMessage {
  kind: 'reply' | 'note'
  text: string
  attachments: ID[]
  client_id: string
  seen_seq: number
  undo_seconds: number
  /** Closes the conversation when the answer goes out. */
  close: boolean
}

export interface Draft {
  kind: 'reply' | 'note'
  text: string
  attachments: ID[]
  version: number
  updated_at?: string
}

export interface Limits {
  text: { max: number; unit: 'runes' | 'utf16' | 'bytes' | 'segments' }
  html: boolean
  files: { max_bytes: number; max_count: number; types: string[] }
  receipts: boolean
  typing: boolean
  edit_seconds: number
  reactions: boolean
  window_closes_at: string | null
}

export interface TimelineEntry {
  id: ID
  at: string
  type: string
  cause: { kind: string; id: ID; name: string } | null
  message: Message | null
  data: Record<string, unknown> | null
}

export interface Counts {
  mine: number
  unassigned: number
  unanswered: number
  all: number
}

export interface Identity {
  id: ID
  scope: string
  address: string
  verified: boolean
}

export interface Contact {
  id: ID
  name: string
  company_id: ID | null
  owner_id: ID | null
  identities: Identity[]
  labels: ID[]
  fields: Record<string, unknown>
  created_at?: string
}

export interface Stage {
  id: ID
  name: string
  kind: 'open' | 'won' | 'lost'
}

export interface Pipeline {
  id: ID
  name: string
  stages: Stage[]
}

export interface Lead {
  id: ID
  contact_id: ID
  conversation_id: ID | null
  status: 'open' | 'converted' | 'lost'
  pipeline_id: ID
  stage_id: ID
  owner_id: ID | null
  source: string
  lost_reason?: string
  utm: Record<string, string>
  fields: Record<string, unknown>
  contact_name?: string
  created_at?: string
}

export type RequestStatus = 'open' | 'pending' | 'resolved' | 'closed'

export interface Inquiry {
  id: ID
  number: number
  contact_id: ID
  conversation_id: ID | null
  type: string
  priority: Priority
  status: RequestStatus
  owner_id: ID | null
  team_id: ID | null
  due_at: string | null
  subject?: string
  contact_name?: string
  fields: Record<string, unknown>
  created_at?: string
}

export type AccountState = 'connecting' | 'connected' | 'reconnecting' | 'needs_auth' | 'broken' | 'stopped'

export interface Account {
  id: ID
  kind: string
  name: string
  config: Record<string, unknown>
  state: AccountState
  error: string | { code?: string; text?: string } | null
  team_id: ID | null
  paused: boolean
  webhook_url?: string
  snippet?: string
  created_at: string
}

export interface KindField {
  name: string
  type: 'text' | 'number' | 'bool' | 'secret' | 'choice' | 'color' | 'list'
  required: boolean
  default?: unknown
  options?: string[] | null
  label: { ru: string; en: string }
  help?: { ru: string; en: string } | null
}

export interface AccountKind {
  kind: string
  name: string
  fields: KindField[]
}
