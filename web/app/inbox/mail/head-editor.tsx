import { type ReactNode, useState } from 'react'
import type { Limits, Party } from '#/api/types'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { InlineSelect } from '#/ui/field'
import { Icon, type IconName } from '#/ui/icons'
import { Chips } from './chips'
import type { MailHead, MailMode } from './head'
import { recipientLine } from './parties'

interface HeadEditorProps {
  head: MailHead
  limits: Limits | undefined
  /** True where an answer to all reaches more people than an answer to one. */
  all: boolean
  open: boolean
  onOpen: (open: boolean) => void
  onMode: (mode: MailMode) => void
  onChange: (change: Partial<MailHead>) => void
}

/** Whom the mail goes to: a switch and one line, and every field of it when asked for. */
export function HeadEditor({ head, limits, all, open, onOpen, onMode, onChange }: HeadEditorProps) {
  const line = recipientLine(head)
  return (
    <div className="flex flex-col border-line border-b">
      <div className="flex min-w-0 items-center gap-2 px-2 py-1.5">
        <fieldset className="flex shrink-0 rounded-md bg-sunken p-0.5">
          <legend className="sr-only">{t('mail.mode')}</legend>
          <Mode mode="reply" icon="reply" hint="R" {...{ head, onMode }} name={t('mail.reply')} />
          {(all || head.mode === 'reply_all') && (
            <Mode
              mode="reply_all"
              icon="replyAll"
              hint="Shift+R"
              {...{ head, onMode }}
              name={t('mail.replyAll')}
            />
          )}
          <Mode mode="forward" icon="forward" hint="F" {...{ head, onMode }} name={t('mail.forward')} />
        </fieldset>
        <button
          type="button"
          data-testid="mail-recipients"
          aria-expanded={open}
          title={t('mail.recipients')}
          onClick={() => onOpen(!open)}
          className="flex min-h-7 min-w-0 flex-1 items-center gap-1 rounded-md px-1 text-start text-muted text-sm hover:bg-hover"
        >
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {line || t('mail.needTo')}
          </span>
          <Icon name="down" className={`size-4! ${open ? 'rotate-180' : ''}`} />
        </button>
      </div>
      {open && (
        <div className="border-line border-t">
          <HeadFields
            key={head.mode === 'forward' ? 'forward' : 'answer'}
            head={head}
            limits={limits}
            focusTo={head.mode === 'forward' && head.to.length === 0}
            onChange={onChange}
          />
        </div>
      )}
    </div>
  )
}

interface HeadFieldsProps {
  head: Pick<MailHead, 'to' | 'cc' | 'bcc' | 'subject' | 'from'>
  limits: Pick<Limits, 'addresses'> | undefined
  focusTo?: boolean
  onChange: (change: Partial<Pick<MailHead, 'to' | 'cc' | 'bcc' | 'subject' | 'from'>>) => void
}

/** The fields of a mail's head; copies are shown once somebody wants them. */
export function HeadFields({ head, limits, focusTo, onChange }: HeadFieldsProps) {
  const [cc, setCc] = useState(false)
  const [bcc, setBcc] = useState(false)
  const addresses = limits?.addresses ?? []
  const chips = (name: 'to' | 'cc' | 'bcc', focus: boolean) => (
    <Chips
      label={t(`mail.${name}`)}
      parties={head[name]}
      autoFocus={focus}
      onChange={(parties: Party[]) => onChange({ [name]: parties })}
    />
  )
  const withCc = cc || head.cc.length > 0
  const withBcc = bcc || head.bcc.length > 0
  return (
    <div className="flex flex-col">
      <Row name={t('mail.to')}>
        {chips('to', focusTo ?? false)}
        {!withCc && <More name={t('mail.cc')} label={t('mail.addCc')} onClick={() => setCc(true)} />}
        {!withBcc && <More name={t('mail.bcc')} label={t('mail.addBcc')} onClick={() => setBcc(true)} />}
      </Row>
      {withCc && <Row name={t('mail.cc')}>{chips('cc', cc)}</Row>}
      {withBcc && <Row name={t('mail.bcc')}>{chips('bcc', bcc)}</Row>}
      <Row name={t('mail.subject')}>
        <input
          aria-label={t('mail.subject')}
          dir={head.subject ? 'auto' : undefined}
          value={head.subject}
          maxLength={900}
          onChange={(event) => onChange({ subject: event.target.value })}
          className="h-8 min-w-0 flex-1 bg-transparent text-sm outline-none"
        />
      </Row>
      {addresses.length > 1 && (
        <Row name={t('mail.from')}>
          <InlineSelect
            label={t('mail.from')}
            className="-ms-1.5 mt-0.5 text-sm!"
            value={head.from || addresses[0]}
            onChange={(event) => onChange({ from: event.target.value })}
          >
            {addresses.map((address) => (
              <option key={address} value={address}>
                {address}
              </option>
            ))}
          </InlineSelect>
        </Row>
      )}
    </div>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-start gap-2 border-line not-first:border-t px-3.5 py-0.5 first:rounded-t-lg focus-within:bg-sunken/40">
      <span className="flex min-h-8 w-14 shrink-0 sm:w-20 items-center text-muted text-sm">{name}</span>
      {children}
    </div>
  )
}

function More({ name, label, onClick }: { name: string; label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      title={label}
      onClick={onClick}
      className="mt-1 min-h-6 shrink-0 rounded-md px-1.5 text-muted text-sm hover:bg-hover hover:text-text"
    >
      {name}
    </button>
  )
}

interface ModeProps {
  mode: MailMode
  icon: IconName
  name: string
  hint: string
  head: MailHead
  onMode: (mode: MailMode) => void
}

function Mode({ mode, icon, name, hint, head, onMode }: ModeProps) {
  return (
    <IconButton
      icon={icon}
      label={name}
      hint={hint}
      aria-pressed={head.mode === mode}
      onClick={() => onMode(mode)}
      className="size-6.5! rounded-sm! border-0! aria-pressed:bg-surface aria-pressed:text-text aria-pressed:shadow-sm"
    />
  )
}
