/**
 * The objects of the HTTP interface under the names this front end uses. They are taken
 * from the types generated from the server's own description (schema.d.ts, written by
 * `npm run generate` in web/tools), so that a change there does not compile here.
 */
import type { components } from './schema'

type Schemas = components['schemas']

/** Lists are never null on the wire, although the description of Go slices allows it. */
type Listed<T> = { [K in keyof T]: NonNullable<T[K]> extends readonly unknown[] ? NonNullable<T[K]> : T[K] }

/** Pointers to objects may be null, which their description cannot say. */
type Nullable<T, K extends keyof T> = Omit<T, K> & { [N in K]: T[N] | null }

export type ID = string
export type Role = Schemas['Agent']['role']
export type Language = Schemas['Agent']['language']
export type Presence = Schemas['Agent']['presence']
export type Status = Schemas['Conversation']['status']
export type Priority = Schemas['Conversation']['priority']
export type MessageState = Schemas['Message']['state']
export type RequestStatus = Schemas['Request']['status']

/** Page is one page of a list; `next` is empty at the end. */
export interface Page<T> {
  items: T[]
  next: string
}

export type Agent = Omit<Listed<Schemas['Agent']>, 'access'> & { access: Listed<Schemas['Access']> }
export type Team = Listed<Schemas['Team']>
export type Session = Omit<Schemas['Session'], 'agent' | 'teams'> & { agent: Agent; teams: Team[] }
export type SessionInfo = Schemas['OpenSession']
export type Invitation = Omit<Listed<Schemas['Invitation']>, 'role'> & { role: Role }
export type ApiKey = Listed<Schemas['APIKey']>
export type Label = Schemas['Label']

export type Conversation = Nullable<Listed<Schemas['Conversation']>, 'last_message'>
export type Attachment = Schemas['Attachment']
export type Message = Nullable<Listed<Schemas['Message']>, 'error'>
export type MessagePage = Page<Message> & { pending: Message[] }
export type NewMessage = Required<
  Pick<Schemas['NewMessage'], 'kind' | 'text' | 'client_id' | 'seen_seq' | 'undo_seconds' | 'close'>
> & {
  attachments: ID[]
}
export type Draft = Omit<Listed<Schemas['Draft']>, 'updated_at'> & { updated_at?: string }
export type Limits = Schemas['Limits']
export type TimelineEntry = Omit<Schemas['TimelineEntry'], 'message'> & { message: Message | null }
export type Counts = Schemas['Counts']

export type Contact = Listed<Schemas['Contact']>
export type Stage = Schemas['Stage']
export type Pipeline = Listed<Schemas['Pipeline']>
export type Lead = Schemas['Lead']
/** A request of a contact; plain "Request" is the browser's word for something else. */
export type Inquiry = Schemas['Request']

export type AccountState = Schemas['Account']['state']
export type Account = Nullable<Listed<Schemas['Account']>, 'error'>
export type KindField = Listed<Schemas['KindField']>
export type AccountKind = Omit<Schemas['AccountKind'], 'fields'> & { fields: KindField[] }
