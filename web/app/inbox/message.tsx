import { memo, useState } from 'react'
import type { Limits, Message } from '#/api/types'
import { inOneLanguage } from '#/text/said'
import { t } from '#/text/text'
import { clock, fullTime } from '#/text/time'
import { Icon } from '#/ui/icons'
import { say } from '#/ui/toast'
import { emojis, possible, react, shown } from './amend'
import { Amended } from './amended'
import { Attachments } from './attachments'
import { Delivery } from './delivery'
import { MessageText } from './formatted-text'
import { Afterwards, Answered } from './message-about'
import { Offered, Pressed } from './message-buttons'
import { MessageEdit } from './message-edit'
import { EmojiRow, MessageTools } from './message-tools'
import { MissingMedia } from './missing-media'
import { NoteText } from './note-text'
import { unsavedEdits } from './unsaved-edits'

/** One message. Ours, theirs and a note differ in place, colour and words, not in colour alone. */
export const MessageItem = memo(function MessageItem({
  message,
  joined,
  me = '',
  limits,
}: {
  message: Message
  joined: boolean
  me?: string
  /** What its network can do. */
  limits?: Limits
}) {
  const [near, setNear] = useState(false)
  const [doing, setDoing] = useState<'edit' | 'react' | null>(() =>
    unsavedEdits.get(message.id) === null ? null : 'edit',
  )
  if (message.kind === 'system') {
    return (
      <li data-testid="message" className="my-2 self-center text-pretty text-center text-muted text-sm">
        {message.text}
      </li>
    )
  }
  const note = message.kind === 'note'
  const ours = message.direction === 'outbound'
  const can = possible(message, limits, me, Date.now())
  const seen = shown(message)
  const close = () => setDoing(null)
  async function pick(emoji: string): Promise<void> {
    close()
    const problem = await react(message, emoji)
    if (problem) say(problem, { tone: 'error' })
  }
  const look = note
    ? 'border-note-line bg-note text-note-text'
    : ours
      ? 'border-transparent bg-ours'
      : 'border-transparent bg-theirs'
  return (
    <li
      data-testid="message"
      data-kind={message.kind}
      data-direction={message.direction}
      data-state={message.state}
      data-seq={message.seq ?? undefined}
      data-of={message.conversation_id}
      onPointerEnter={() => setNear(true)}
      onFocus={() => setNear(true)}
      className={`group found-mark flex max-w-[min(85%,40rem)] flex-col ${joined ? 'mt-1' : 'mt-3.5'} ${ours ? 'items-end self-end' : 'items-start self-start'}`}
    >
      {!joined && (
        <p className="mb-1 flex max-w-full items-center gap-1.5 px-1 text-muted text-xs">
          {note && (
            <span className="flex shrink-0 items-center gap-1 whitespace-nowrap font-medium text-note-text">
              <Icon name="note" className="size-3.5!" />
              {t('message.note')}
            </span>
          )}
          <span dir="auto" className="min-w-0 truncate font-medium">
            {message.author?.name || nameless(message)}
          </span>
          <time
            dateTime={message.created_at}
            title={fullTime(message.created_at)}
            className="numeric text-faint"
          >
            {clock(message.created_at)}
          </time>
          {message.edited_at && <span className="text-faint">{t('message.edited')}</span>}
        </p>
      )}
      <div
        className={`relative max-w-full rounded-xl border px-3.5 py-2 ${look} ${message.id.startsWith('local:') || seen.waits.includes('delete') ? 'opacity-75' : ''}`}
      >
        {doing !== 'edit' && (
          <MessageTools
            message={message}
            can={can}
            near={near}
            onReact={() => setDoing('react')}
            onEdit={() => setDoing('edit')}
          />
        )}
        <Answered message={message} />
        {message.deleted_at ? (
          <p className="text-muted italic">{t(note ? 'message.noteDeleted' : 'message.deleted')}</p>
        ) : doing === 'edit' ? (
          <MessageEdit message={message} limits={limits} onClose={close} />
        ) : (
          seen.text &&
          (note ? (
            <NoteText text={seen.text} />
          ) : (
            <MessageText text={inOneLanguage(seen.text)} html={seen.html} />
          ))
        )}
        <Attachments files={message.attachments} />
        <MissingMedia media={message.media} />
        <Offered message={message} />
        <Pressed message={message} />
        {message.template && (
          <p className="mt-1 text-muted text-xs">{t('template.is', { name: message.template.name })}</p>
        )}
      </div>
      {doing === 'react' && (
        <EmojiRow
          {...emojis(limits)}
          chosen={seen.reaction}
          onPick={(emoji) => void pick(emoji)}
          onClose={close}
        />
      )}
      <Afterwards message={message} joined={joined} can={can} />
      <Amended message={message} />
      {ours && !note && !message.deleted_at && <Delivery message={message} />}
    </li>
  )
})

/** nameless is what to call an author without a name. */
function nameless(message: Message): string {
  if (message.author?.kind === 'trigger' || message.author?.kind === 'rule') return t('message.byTrigger')
  return message.direction === 'outbound' ? t('message.us') : t('contact.nameless')
}
