import { type ReactNode, useId, useState } from 'react'
import type { Message, Party } from '#/api/types'
import { useInbox } from '#/live/store'
import { t } from '#/text/text'
import { clock, fullTime } from '#/text/time'
import { Badge } from '#/ui/bits'
import { Icon } from '#/ui/icons'
import { shortName } from './address'
import { MailMenu, originalOf } from './menu'
import { fullParty, recipientLine, stillNew } from './parties'

/** Who wrote to whom: one line, and every address of it when asked for. */
export function MailTop({ message, name }: { message: Message; name: string }) {
  const [open, setOpen] = useState(false)
  const details = useId()
  const from = message.from
  return (
    <header className="mb-2 flex flex-col gap-1.5">
      <div className="-me-1.5 flex items-start gap-2">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={details}
          title={t('mail.details')}
          onClick={() => setOpen(!open)}
          className="flex min-h-7 min-w-0 flex-1 flex-wrap items-baseline gap-x-1.5 rounded-md text-start text-sm"
        >
          <span dir="auto" className="max-w-full truncate font-semibold">
            {name}
          </span>
          {from && from.name !== '' && (
            <span dir="auto" className="max-w-full truncate text-muted text-xs">
              {from.address}
            </span>
          )}
          <span dir="auto" className="max-w-full truncate text-muted">
            {recipientLine(message)}
          </span>
        </button>
        <Nature message={message} />
        <time
          dateTime={message.created_at}
          title={fullTime(message.created_at)}
          className="numeric mt-1 shrink-0 text-muted text-xs"
        >
          {clock(message.created_at)}
        </time>
        {!message.id.startsWith('local:') && <MailMenu message={message} />}
      </div>
      {open && (
        <dl
          id={details}
          className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 rounded-lg border border-line bg-surface px-3 py-2 text-sm"
        >
          {from && <Line name={t('mail.from')} parties={[from]} />}
          <Line name={t('mail.to')} parties={message.to} />
          <Line name={t('mail.cc')} parties={message.cc} />
          <Line name={t('mail.bcc')} parties={message.bcc} />
          <dt className="text-muted">{t('mail.subject')}</dt>
          <dd dir="auto" className="[overflow-wrap:anywhere]">
            {message.subject || t('mail.noSubject')}
          </dd>
        </dl>
      )}
      {message.warning && <Warning>{warningText(message.warning)}</Warning>}
      {message.newcomer && <Newcomer message={message} />}
      {message.damaged && (
        <Warning>
          {t('mail.damaged')}
          {message.original && (
            <a href={originalOf(message)} download className="ms-1.5 underline">
              {t('mail.original')}
            </a>
          )}
        </Warning>
      )}
    </header>
  )
}

const nothing: Message[] = []

/** Whoever wrote by a mail of ours alone is named until they were answered. */
function Newcomer({ message }: { message: Message }) {
  const id = message.conversation_id
  const items = useInbox((state) => state.threads.get(id)?.items) ?? nothing
  const parties = useInbox((state) => state.conversations.get(id)?.participants)
  return stillNew(message, parties ?? [], items) && <Warning>{t('mail.warn.newcomer')}</Warning>
}

function Warning({ children }: { children: ReactNode }) {
  return (
    <p
      role="note"
      className="flex items-start gap-2 rounded-lg bg-warn-soft px-3 py-2 text-pretty text-sm text-warn"
    >
      <Icon name="alert" className="mt-0.5 size-4!" />
      <span className="min-w-0 flex-1">{children}</span>
    </p>
  )
}

function Line({ name, parties = [] }: { name: string; parties?: Party[] }) {
  if (parties.length === 0) return null
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd dir="auto" className="flex flex-col [overflow-wrap:anywhere]">
        {parties.map((party) => (
          <span key={party.address}>{fullParty(party)}</span>
        ))}
      </dd>
    </>
  )
}

function Nature({ message }: { message: Message }) {
  const nature = message.nature
  if (!nature) return null
  const bad = nature === 'bounce' || nature === 'complaint'
  return (
    <span className="mt-1 flex shrink-0">
      <Badge tone={bad ? 'danger' : 'plain'}>{t(`mail.nature.${nature}`)}</Badge>
    </span>
  )
}

/** warningText is a machine's verdict on the sender in words that say what to do. */
function warningText(code: string): string {
  switch (code) {
    case 'dmarc_failed':
    case 'dkim_failed':
    case 'spf_failed':
      return t(`mail.warn.${code}`)
    default:
      return t('mail.warn.other')
  }
}

/** mailName is what to call the author of a mail. */
export function mailName(message: Message): string {
  const { author, from } = message
  if (message.direction === 'outbound') return author?.name || (from ? shortName(from) : t('message.us'))
  return from?.name || author?.name || from?.address || t('contact.nameless')
}
