/** The visitor's side of the HTTP API: shapes as the server sends them. Ids are opaque strings. */

/** A question asked before the first message. A bare name must be answered. */
export type PreChatField = string | { name: string; required?: boolean; label?: Record<string, string> }

/** `GET /chat/{account}/config`. */
export interface Config {
  name: string
  greeting: string
  color: string
  position: 'left' | 'right'
  languages: string[]
  online: boolean
  pre_chat: PreChatField[]
  max_file_bytes: number
  /** What answers can be reacted to with. */
  reactions?: string[]
  /** For how long one's own messages may be changed. */
  change_seconds?: number
}

/** A file of a message; `url` is signed and expires. */
export interface Attachment {
  id: string
  name: string
  type: string
  size: number
  url: string
  image: boolean
}

/** A choice below a message: pressed, it comes back as an answer, or opens an address. */
export interface Button {
  text: string
  data: string
  url: string
}

/** Which button an answer is, and of which message. */
export interface Press {
  message_id: string
  data: string
}

/** A message as its visitor sees it. */
export interface Message {
  id: string
  client_id?: string | null
  direction: 'inbound' | 'outbound'
  text: string
  attachments: Attachment[] | null
  buttons?: Button[][]
  author: { kind: string; name: string } | null
  state: string
  created_at: string
  reply_to?: string | null
  reactions?: Reaction[]
  edited?: boolean
  /** Nothing of it is left. */
  deleted?: boolean
}

/** What one side feels about a message. */
export interface Reaction {
  emoji: string
  mine: boolean
}

/** What a visitor wants of a message that is there: another text, to take it back, or a reaction ("" takes it back). */
export type Change = { text: string } | { gone: true } | { emoji: string }

/** A page of `GET /chat/{account}/messages`. */
export interface Page {
  items: Message[]
  next: string
}

/** What `POST /chat/{account}/visitors` may be told. */
export interface VisitorDetails {
  name?: string
  email?: string
  phone?: string
  page?: string
  referrer?: string
  utm?: Record<string, string>
  language?: string
  identity?: { id: string; name?: string; email?: string; hash: string }
}
