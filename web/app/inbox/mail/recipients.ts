import type { Limits, Message, Party } from '#/api/types'
import { t } from '#/text/text'
import { bare, isAddress, ownAddress, unique } from './address'
import type { MailHead, MailMode } from './head'

interface Addressed {
  to: Party[]
  cc: Party[]
}

/**
 * replyTo is who an answer to one mail goes to. To our own mail it is those we wrote to:
 * nobody answers themselves. Whoever wrote may want answers elsewhere. Our addresses are
 * left out of everything.
 */
export function replyTo(message: Message, ours: string[]): Addressed {
  const others = without(ours)
  const from = message.from ? [message.from] : []
  if (message.direction === 'outbound') return { to: unique(others(message.to)), cc: [] }
  const wanted = others(message.answer_to)
  return { to: unique(wanted.length > 0 ? wanted : others(from)), cc: [] }
}

/**
 * replyAll adds everybody else who has the mail, so that nobody drops out of the talk. Other
 * mailboxes of ours (the house) have it anyway.
 */
export function replyAll(message: Message, ours: string[], house: string[] = []): Addressed {
  const others = without([...ours, ...house])
  const { to } = replyTo(message, ours)
  const rest = message.direction === 'outbound' ? [] : message.to
  return { to, cc: unique(others([...rest, ...message.cc]), to) }
}

/** Nobody answers a machine that returned a mail or was away; a newcomer is answered when somebody says so. */
export function isAnswerable(item: Message): boolean {
  return (
    item.kind === 'message' &&
    item.direction === 'inbound' &&
    !item.newcomer &&
    (item.nature === '' || item.nature === 'notice')
  )
}

function without(ours: string[]): (parties: Party[]) => Party[] {
  return (parties) => parties.filter((party) => !ownAddress(ours, party.address))
}

/** The words that programs of all countries put before a subject, once or many times. */
const prefixes =
  /^\s*(?:(?:re|aw|sv|vs|antw|odp|ynt|отв|ответ|fwd?|wg|tr|пер|пересл)(?:\[\d+\])?\s*[:：]\s*)+/iu

/** bareSubject is a subject without "Re:" and its kin. */
export function bareSubject(subject: string): string {
  return subject.replace(prefixes, '').trim()
}

/** subjectFor keeps one prefix in front, whatever stood there. */
export function subjectFor(mode: MailMode, subject: string): string {
  const bare = bareSubject(subject)
  if (!bare) return ''
  return `${mode === 'forward' ? 'Fwd' : 'Re'}: ${bare}`
}

/** headFor is what stands above an answer before anybody changes it. */
export function headFor(
  mode: MailMode,
  limits: Limits | undefined,
  subject: string,
  about: Message | undefined,
): MailHead {
  const ours = limits?.addresses ?? []
  const none = { to: [], cc: [] }
  let who: Addressed = none
  if (mode === 'reply') who = about ? replyTo(about, ours) : (limits?.reply ?? none)
  if (mode === 'reply_all') who = about ? replyAll(about, ours, limits?.house) : (limits?.reply_all ?? none)
  return {
    mode,
    to: who.to.map(bare),
    cc: who.cc.map(bare),
    bcc: [],
    subject: subjectFor(mode, about?.subject || subject),
    from: about ? writtenTo(about, ours) : '',
    about: about?.id ?? null,
  }
}

/** writtenTo is which of our addresses a mail was for: the answer comes from there. */
function writtenTo(message: Message, ours: string[]): string {
  const parties =
    message.direction === 'outbound' ? (message.from ? [message.from] : []) : [...message.to, ...message.cc]
  return parties.map((party) => ownAddress(ours, party.address)).find((own) => own) ?? ''
}

/** headProblem is why a mail with this head cannot be sent yet, in words; empty when it can. */
export function headProblem(head: Pick<MailHead, 'to' | 'cc' | 'bcc'>): string {
  const all = [...head.to, ...head.cc, ...head.bcc]
  const bad = all.find((party) => !isAddress(party.address))
  if (bad) return t('mail.notAddress', { text: bad.address })
  return head.to.length === 0 ? t('mail.needTo') : ''
}

/** reachesMore is true when an answer to all reaches somebody whom an answer to one does not. */
export function reachesMore(one: Addressed | undefined, all: Addressed | undefined): boolean {
  if (!all) return false
  const near = [...(one?.to ?? []), ...(one?.cc ?? [])]
  return unique([...(all.to ?? []), ...(all.cc ?? [])], near).length > 0
}
