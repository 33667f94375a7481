/**
 * The objects of the HTTP interface under the names this front end uses. They are taken
 * from the types generated from the server's own description (schema.d.ts, written by
 * `npm run generate` in web/tools), so that a change there does not compile here.
 */
import type { components } from './schema'

type Schemas = components['schemas']

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

export type Agent = Schemas['Agent'] & { signature?: string }
export type Team = Schemas['Team']
export type Session = Schemas['Session']
export type SessionInfo = Schemas['OpenSession']
export type Invitation = Schemas['Invitation']
export type ResetLink = Schemas['ResetLink']
export type SetupState = Schemas['Setup']
export type SystemMail = Schemas['SystemMailSetting']
export type ApiKey = Schemas['APIKey']
export type Label = Schemas['Label']

export type Conversation = Schemas['Conversation'] & { participants?: Participant[] }
/** A party to a mail: whoever wrote it or was written to. */
export interface Party {
  name: string
  address: string
}
export type Nature = '' | 'notice' | 'auto_reply' | 'list' | 'bounce' | 'complaint'

interface MailFile {
  inline?: boolean
  content_id?: string
}
interface MailMessage {
  from?: Party | null
  to?: Party[]
  cc?: Party[]
  bcc?: Party[]
  subject?: string
  quoted?: string
  warning?: string
  nature?: Nature
  original?: boolean
}

export type Attachment = Schemas['Attachment'] & MailFile
export type Message = Omit<Schemas['Message'], 'attachments'> & MailMessage & { attachments: Attachment[] }
export type MessagePage = Omit<Schemas['MessagePage'], 'items' | 'pending'> & {
  items: Message[]
  pending: Message[]
}
export type NewMessage = Required<
  Pick<
    Schemas['NewMessage'],
    'kind' | 'text' | 'client_id' | 'seen_seq' | 'undo_seconds' | 'close' | 'attachments'
  >
> &
  NewMail
/** What only a mail has; an account that sends none refuses it. */
export interface NewMail {
  html?: string
  to?: string[]
  cc?: string[]
  bcc?: string[]
  subject?: string
  from?: string
  reply_to?: ID
  forward_of?: ID
}
export type Draft = Schemas['Draft']
export type DraftMail = Schemas['DraftMail']
export type NewDraft = Pick<Draft, 'kind' | 'text' | 'html' | 'mail' | 'attachments' | 'version'>
interface Addressed {
  to: Party[]
  cc: Party[]
}
export type Limits = Schemas['Limits'] & {
  subject?: boolean
  cc?: boolean
  addresses?: string[]
  reply?: Addressed
  reply_all?: Addressed
}
export interface Participant extends Party {
  scope: string
}
export type TimelineEntry = Schemas['TimelineEntry']
export type Counts = Schemas['Counts']

export type Contact = Schemas['Contact']
export type Stage = Schemas['Stage']
export type Pipeline = Schemas['Pipeline']
export type Lead = Schemas['Lead']
/** A request of a contact; plain "Request" is the browser's word for something else. */
export type Inquiry = Schemas['Request']

export type AccountState = Schemas['Account']['state']
export type Account = Schemas['Account']
export type KindField = Schemas['KindField']
export type AccountKind = Schemas['AccountKind']
export type AccountLogin = Schemas['AccountLogin']
export type AccountTest = Schemas['AccountTest']
export type TestPart = Schemas['TestPart']
export type Discovery = Schemas['Discovery']
