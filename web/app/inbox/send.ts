import { messages as api } from '#/api/inbox'
import { Problem } from '#/api/problem'
import type { ID, Message, NewMessage } from '#/api/types'
import { dropMessage, mergeMessages, putMessage } from '#/live/change'
import { emptyThread, loadThread } from '#/live/load'
import { onOwn } from '#/live/own'
import { inbox } from '#/live/store'
import { getSession } from '#/shell/session'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { errorText } from './actions'
import { whole, written } from './buttons'
import { drafts, filesOf, type LocalDraft } from './draft'
import { editable, keepSent, leftBeside, mailBody, takeSent, takesPart } from './mail/letter'
import { isBlank, plain } from './mail/words'
import { formatted, editable as typedWords } from './markup'
import { createOutbox, type Fate, type Parcel } from './outbox'
import { seen } from './seen'

/** For how long an answer can be taken back. */
export const undoSeconds = 10

/** What came of pressing Send. "newer" means somebody answered first: look, then decide. */
export type Outcome =
  | { kind: 'sent' }
  | { kind: 'newer'; messages: Message[] }
  | { kind: 'refused'; text: string }

/**
 * send puts the message on the screen at once; if it is refused, every letter goes back
 * to the composer. A draft with a mail's head is sent as a mail; marks says that the network carries formatting,
 * at that it leaves later.
 */
export async function send(
  conversation: ID,
  draft: LocalDraft,
  andClose: boolean,
  hold = false,
  marks = false,
  at?: Date,
): Promise<Outcome> {
  const { items, pending } = inbox.state.threads.get(conversation) ?? emptyThread
  const me = inbox.state.me
  const mail = draft.kind === 'reply' ? draft.mail : null
  const body: NewMessage = {
    kind: draft.kind,
    ...(mail ? { text: '' } : wordsOf(draft, marks)),
    attachments: mail ? filesOf(draft) : draft.attachments.map((file) => file.id),
    ...(mail && mailBody(draft.html, mail)),
    ...(!mail && draft.kind === 'reply' && { buttons: written(draft.buttons) }),
    ...(!mail && draft.kind === 'reply' && draft.replyTo && { reply_to: draft.replyTo }),
    ...(draft.replies.length > 0 && { quick_reply_ids: draft.replies }),
    draft_version: draft.version,
    client_id: crypto.randomUUID(),
    ...(draft.kind === 'note' ? { seen_seq: items.at(-1)?.seq ?? 0 } : seen(items, pending, draft, me)),
    undo_seconds: draft.kind === 'note' ? 0 : undoSeconds,
    close: andClose,
    ...(hold && { hold, undo_seconds: 0 }),
    ...(at && { send_at: at.toISOString(), undo_seconds: 0 }),
  }
  inbox.change((state) => putMessage(state, localMessage(conversation, body, draft)))
  keepSent(body.client_id, draft)
  const parcel = { owner: me, conversation, body, draft, at: Date.now() }
  const fate = outbox.send(parcel)
  // It is on the outbox's shelf by now: at no moment are the words nowhere.
  const left = leftBeside(draft)
  drafts.clear(conversation)
  if (left) drafts.edit(conversation, left)
  return settle(parcel, await fate)
}

/** settle shows what became of an answer; if it was refused, every letter goes back to the composer. */
function settle({ conversation, body, draft }: Parcel, fate: Fate): Outcome {
  if (fate.kind === 'waiting') return { kind: 'sent' }
  inbox.change((state) => dropMessage(state, conversation, `local:${body.client_id}`))
  if (fate.kind === 'stored') {
    inbox.change((state) => putMessage(state, fate.message))
    return { kind: 'sent' }
  }
  if (fate.kind === 'done') {
    void loadThread(conversation)
    return { kind: 'sent' }
  }
  const { error } = fate
  restore(conversation, draft)
  takeSent(body.client_id)
  if (error instanceof Problem && error.status === 409 && error.code === 'newer_messages') {
    const newer = (error.body.messages ?? []) as Message[]
    inbox.change((state) => {
      for (const message of newer) putMessage(state, message)
    })
    return { kind: 'newer', messages: newer }
  }
  return { kind: 'refused', text: errorText(error) }
}

/** Answers on their way; a post that hangs counts as lost, and is made again under its key. */
export const outbox = createOutbox({
  post: api.send,
  shelf: () => localStorage,
  owner: () => inbox.state.me,
  onSettled: (parcel, fate) => {
    const outcome = settle(parcel, fate)
    if (outcome.kind === 'refused') say(outcome.text, { tone: 'error' })
    if (outcome.kind === 'newer') say(t('outbox.newer'), { tone: 'error' })
  },
})

/**
 * followOutbox takes up what an earlier page could not send, and sends what waits whenever the
 * connection is back. It returns how to end that.
 */
export function followOutbox(): () => void {
  for (const { conversation, body, draft } of outbox.open()) {
    drafts.leaves(conversation, body.draft_version ?? 0)
    inbox.change((state) => {
      const thread = state.threads.get(conversation) ?? emptyThread
      state.threads.set(conversation, mergeMessages(thread, [localMessage(conversation, body, draft)]))
    })
  }
  void outbox.flush()
  let link = inbox.state.link
  const forget = onOwn((message) => {
    // What this window sends has left its composer long since.
    if (!takesPart(message.client_id)) drafts.sent(message.conversation_id, draftOf(message).text)
  })
  const end = inbox.subscribe(() => {
    const was = link
    link = inbox.state.link
    if (link === 'open' && was !== 'open') void outbox.flush()
  })
  return () => {
    forget()
    end()
    outbox.leave()
  }
}

/** wordsOf is what leaves of an answer by chat, or of a note, which is never formatted. */
function wordsOf(draft: LocalDraft, marks: boolean): { text: string; html?: string } {
  if (!marks || draft.kind === 'note') return { text: draft.text.trim() }
  const { text, html } = formatted(draft.text.trim())
  return html ? { text, html } : { text }
}

/** restore puts words back before whatever was typed since. */
function restore(
  conversation: ID,
  draft: Pick<LocalDraft, 'kind' | 'text' | 'html' | 'mail' | 'replyTo' | 'buttons' | 'attachments'> & {
    since?: number | null
  },
): void {
  const now = drafts.get(conversation)
  const { kind, text, html, mail } = draft
  const words =
    kind === 'reply' && mail
      ? { html: isBlank(now.html) ? html : `${html}${now.html}`, mail }
      : { text: now.text ? `${text}\n\n${now.text}` : text }
  drafts.edit(conversation, {
    kind,
    ...words,
    replyTo: draft.replyTo ?? now.replyTo,
    buttons: [...draft.buttons, ...now.buttons],
    attachments: [...draft.attachments, ...now.attachments],
    since: draft.since ?? now.since,
  })
}

/** takeBack undoes a message before its release and returns its words to the composer. */
export async function takeBack(message: Message): Promise<string | null> {
  try {
    const removed = await api.undo(message.id)
    inbox.change((state) => dropMessage(state, message.conversation_id, message.id))
    restore(message.conversation_id, takeSent(message.client_id) ?? draftOf(removed ?? message))
    return null
  } catch (error) {
    void loadThread(message.conversation_id)
    return errorText(error)
  }
}

/** sendNow has a message leave before its time is over. */
export async function sendNow(message: Message): Promise<string | null> {
  try {
    const waiting = await api.sendNow(message.id)
    // The stream may have told already that it left.
    const known = inbox.state.threads
      .get(message.conversation_id)
      ?.items.find((item) => item.id === message.id)
    if (known?.state === 'scheduled') inbox.change((state) => putMessage(state, waiting))
    return null
  } catch (error) {
    if (error instanceof Problem && error.code === 'already_released') return null
    return errorText(error)
  }
}

/** draftOf is what another window wrote, as far as the message tells. */
function draftOf(
  message: Message,
): Pick<LocalDraft, 'kind' | 'text' | 'html' | 'mail' | 'replyTo' | 'buttons' | 'attachments'> {
  const kind = message.kind === 'note' ? 'note' : 'reply'
  if (kind === 'reply' && message.to.length > 0)
    return { kind, text: '', replyTo: null, buttons: [], ...editable(message) }
  const { text, html, buttons, attachments } = message
  const words = kind === 'reply' ? typedWords(text, html) : text
  return { kind, text: words, html: '', mail: null, replyTo: message.reply_to, buttons, attachments }
}

export async function resend(message: Message): Promise<string | null> {
  try {
    const stored = await api.resend(message.id)
    inbox.change((state) => putMessage(state, stored))
    return null
  } catch (error) {
    return errorText(error)
  }
}

function localMessage(conversation: ID, body: NewMessage, draft: LocalDraft): Message {
  const agent = getSession()?.agent
  const mail = draft.kind === 'reply' ? draft.mail : null
  return {
    id: `local:${body.client_id}`,
    conversation_id: conversation,
    seq: null,
    direction: 'outbound',
    kind: draft.kind === 'note' ? 'note' : 'message',
    author: { kind: 'agent', id: agent?.id ?? '', name: agent?.name ?? '' },
    text: body.text || plain(body.html ?? ''),
    html: mail ? '' : (body.html ?? ''),
    own_reaction: '',
    amendments: [],
    attachments: draft.attachments,
    media: [],
    buttons: body.buttons?.map((row) => row.map(whole)) ?? [],
    numbered: false,
    press: null,
    template: null,
    closes: false,
    from: null,
    answer_to: [],
    to: mail?.to ?? [],
    cc: mail?.cc ?? [],
    bcc: mail?.bcc ?? [],
    subject: mail?.subject ?? '',
    quoted: '',
    warning: '',
    newcomer: false,
    damaged: false,
    nature: '',
    original: false,
    reply_to: mail ? null : (body.reply_to ?? null),
    next_attempt_at: null,
    waits_for: null,
    state: 'queued',
    error: null,
    remote_id: null,
    client_id: body.client_id,
    release_at: null,
    sent_at: null,
    created_at: new Date().toISOString(),
  }
}
