import type { Message, NewMail } from '#/api/types'
import type { LocalDraft } from '../draft'
import { bare, written } from './address'
import type { MailHead } from './head'
import { inlineFiles } from './words'

/** mailBody is what the server is asked to send: who, what, and the text with its pictures by name. */
export function mailBody(html: string, head: MailHead): NewMail {
  const addresses = (name: 'to' | 'cc' | 'bcc') => head[name].map(written)
  return {
    html: outgoing(html),
    to: addresses('to'),
    cc: addresses('cc'),
    bcc: addresses('bcc'),
    subject: head.subject.trim(),
    ...(head.from && { from: head.from }),
    ...(head.about && (head.mode === 'forward' ? { forward_of: head.about } : { reply_to: head.about })),
  }
}

/** outgoing names the pictures of the text as a mail does; the address of the file is ours alone. */
export function outgoing(html: string): string {
  const lines = html
    .replace(/<div><\/div>/g, '<div><br></div>')
    // The two dashes are how every mail program tells a signature from the text.
    .replace(/<section class="parley-signature">/g, '<div><br></div><div>-- </div>')
    .replace(/<\/section>/g, '')
  return lines.replace(/<img\b[^>]*>/g, (tag) => {
    const id = inlineFiles(tag)[0]
    const alt = /\balt="([^"]*)"/.exec(tag)?.[1] ?? ''
    return id ? `<img src="cid:${id}" alt="${alt}">` : ''
  })
}

/** editable is the way back: a mail that was taken back before it left can be written on. */
export function editable(message: Message): Pick<LocalDraft, 'html' | 'mail' | 'attachments'> {
  const files = new Map(
    message.attachments.filter((file) => file.inline).map((file) => [file.content_id || file.id, file]),
  )
  const html = message.html.replace(/<img\b[^>]*>/g, (tag) => {
    const name = /\bsrc="(?:cid:|\/api\/v1\/files\/)([^"]*)"/.exec(tag)?.[1] ?? ''
    const file = files.get(name) ?? message.attachments.find((item) => item.id === name)
    const alt = /\balt="([^"]*)"/.exec(tag)?.[1] ?? ''
    return file ? `<img src="${file.url}" alt="${alt}" data-file="${file.id}">` : ''
  })
  const inline = new Set(inlineFiles(html))
  const { subject, from } = message
  return {
    html,
    mail: {
      mode: 'reply',
      to: message.to.map(bare),
      cc: message.cc.map(bare),
      bcc: message.bcc.map(bare),
      subject,
      from: from?.address ?? '',
      about: message.reply_to,
    },
    attachments: message.attachments.filter((file) => !inline.has(file.id)),
  }
}

/** leftBeside is what stays in the composer when one of the two things written in it is sent. */
export function leftBeside(draft: LocalDraft): Partial<LocalDraft> | null {
  if (draft.kind === 'reply' && draft.mail) return draft.text.trim() ? { text: draft.text } : null
  const { html, mail } = draft
  // A note beside an answer that is being written: what that one is to stays.
  const to = draft.kind === 'note' && draft.replyTo ? { replyTo: draft.replyTo } : null
  return html || mail || to ? { html, mail, ...to } : null
}

/** The drafts of what was sent in this window, whole, for as long as it may be taken back. */
const most = 20
const sent = new Map<string, LocalDraft>()

export function keepSent(client: string, draft: LocalDraft): void {
  sent.set(client, draft)
  const oldest = sent.size > most ? sent.keys().next().value : undefined
  if (oldest !== undefined) sent.delete(oldest)
}

/** takesPart is true of what was sent from this window. */
export const takesPart = (client: string | null): boolean => client !== null && sent.has(client)

export function takeSent(client: string | null): LocalDraft | undefined {
  const draft = client ? sent.get(client) : undefined
  if (client) sent.delete(client)
  return draft
}
