import type { Message, Party } from '#/api/types'
import { listed, t } from '#/text/text'
import { shortName } from './address'
import { bareSubject } from './recipients'

/** names is a list of people as a line has room for it. */
export function names(parties: Party[], most = 3): string {
  const shown = listed(parties.slice(0, most).map(shortName))
  const n = parties.length - most
  return n > 0 ? t('mail.andMore', { names: shown, n }) : shown
}

/** recipientLine is whom a mail went to: "to support, cc Ivan". */
export function recipientLine(mail: Pick<Message, 'to' | 'cc' | 'bcc'>): string {
  const { to, cc, bcc } = mail
  return listed(
    [
      to.length > 0 && t('mail.lineTo', { names: names(to) }),
      cc.length > 0 && t('mail.lineCc', { names: names(cc) }),
      bcc.length > 0 && t('mail.lineBcc', { names: names(bcc) }),
    ].filter((part) => part !== false),
  )
}

/**
 * stillNew is true for a mail of somebody who came in by a mail of ours alone, until one of us, or
 * somebody who takes part, has written to them: parties are those whom the server knows by then.
 */
export function stillNew(mail: Message, parties: Party[], items: Message[]): boolean {
  const address = mail.from?.address.toLowerCase()
  if (!mail.newcomer || !address) return mail.newcomer
  const same = (party: Party) => party.address.toLowerCase() === address
  const later = items.filter(
    (item) => (item.seq ?? 0) > (mail.seq ?? 0) && !item.newcomer && item.state !== 'failed',
  )
  return !parties.some(same) && !later.some((item) => [...item.to, ...item.cc, ...item.bcc].some(same))
}

/** newSubject is a mail's subject where it is not that of the mail before it. */
export function newSubject(mail: Message, before: string | undefined): string {
  const { subject } = mail
  if (!subject || (before !== undefined && bareSubject(before) === bareSubject(subject))) return ''
  return subject
}

/** fullParty is a name and its address, as a mail writes them. */
export function fullParty(party: Party): string {
  return party.name ? `${party.name} <${party.address}>` : party.address
}
