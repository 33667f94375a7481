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
export type RequestStatus = Schemas['Request']['status']

/** Page is one page of a list; `next` is empty at the end. */
export interface Page<T> {
  items: T[]
  next: string
}

export type Agent = Schemas['Agent']
export type Team = Schemas['Team']
export type Session = Schemas['Session']
export type SessionInfo = Schemas['OpenSession']
export type Invitation = Schemas['Invitation']
export type ResetLink = Schemas['ResetLink']
export type SetupState = Schemas['Setup']
export type SystemMail = Schemas['SystemMailSetting']
export type ApiKey = Schemas['APIKey']
export type Label = Schemas['Label']

export type Conversation = Schemas['Conversation']
/** A party to a mail: whoever wrote it or was written to. */
export type Party = Pick<Schemas['Party'], 'name' | 'address'>

export type Attachment = Schemas['Attachment']
export type Message = Schemas['Message']
/** What shall be changed of a message, and did not come about yet. */
export type Amendment = Schemas['Amendment']
export type MessagePage = Schemas['MessagePage']
export type NewMessage = Required<
  Pick<
    Schemas['NewMessage'],
    'kind' | 'text' | 'client_id' | 'seen_seq' | 'undo_seconds' | 'close' | 'attachments'
  >
> &
  NewMail &
  Pick<
    Schemas['NewMessage'],
    'buttons' | 'template' | 'hold' | 'quick_reply_ids' | 'send_at' | 'seen_pending' | 'draft_version'
  >
/** What only a mail has; an account that sends none refuses it. */
export type NewMail = Pick<
  Schemas['NewMessage'],
  'html' | 'to' | 'cc' | 'bcc' | 'subject' | 'from' | 'reply_to' | 'forward_of'
>
export type Draft = Schemas['Draft']
/** A choice below a message, as it is being written. */
export type NewButton = Schemas['DraftButton']
export type Button = Schemas['Button']
export type Press = Schemas['Press']
export type ButtonLimit = Schemas['ButtonLimit']
export type QuickReply = Schemas['QuickReply']
export type NewQuickReply = Required<Omit<Schemas['NewQuickReply'], '$schema'>>
export type RenderedReply = Schemas['RenderedReply']
export type ReplyPreview = Schemas['ReplyPreview']
export type TextVariable = Schemas['TextVariable']
export type MessageTemplate = Schemas['MessageTemplate']
export type TemplateList = Schemas['TemplateList']
export type TemplateReading = Schemas['TemplateReading']
export type TemplateUse = Schemas['TemplateUse']
export type DraftMail = Schemas['DraftMail']
export type NewDraft = Pick<
  Draft,
  'kind' | 'text' | 'html' | 'mail' | 'reply_to' | 'buttons' | 'attachments' | 'version'
>
export type Origin = Schemas['Origin']
export type Stop = Schemas['Stop']
export type Rest = Schemas['Rest']
export type Limits = Schemas['Limits']
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
export type QuarantinedEvent = Schemas['QuarantinedEvent']
export type Suppression = Schemas['Suppression']
export type ReceivedEvent = Schemas['ReceivedEvent']
export type Discovery = Schemas['Discovery']
