import { memo } from 'react'
import type { Message } from '#/api/types'
import { t } from '#/text/text'
import { clock, fullTime } from '#/text/time'
import { Icon } from '#/ui/icons'
import { Attachments } from './attachments'
import { Delivery } from './delivery'
import { MessageText } from './formatted-text'
import { Afterwards, Answered } from './message-about'
import { Offered, Pressed } from './message-buttons'
import { MissingMedia } from './missing-media'

/** One message. Ours, theirs and a note differ in place, colour and words, not in colour alone. */
export const MessageItem = memo(function MessageItem({
  message,
  joined,
}: {
  message: Message
  joined: boolean
}) {
  if (message.kind === 'system') {
    return (
      <li data-testid="message" className="my-2 self-center text-pretty text-center text-muted text-sm">
        {message.text}
      </li>
    )
  }
  const note = message.kind === 'note'
  const ours = message.direction === 'outbound'
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
      className={`group flex max-w-[min(85%,40rem)] flex-col ${joined ? 'mt-1' : 'mt-3.5'} ${ours ? 'items-end self-end' : 'items-start self-start'}`}
    >
      {!joined && (
        <p className="mb-1 flex max-w-full items-center gap-1.5 px-1 text-muted text-xs">
          {note && (
            <span className="flex shrink-0 items-center gap-1 whitespace-nowrap font-medium text-note-text">
              <Icon name="note" className="size-3.5!" />
              {t('message.note')}
            </span>
          )}
          <span className="min-w-0 truncate font-medium">{message.author?.name || nameless(message)}</span>
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
        className={`max-w-full rounded-xl border px-3.5 py-2 ${look} ${message.id.startsWith('local:') ? 'opacity-75' : ''}`}
      >
        <Answered message={message} />
        {message.deleted_at ? (
          <p className="text-muted italic">{t('message.deleted')}</p>
        ) : (
          message.text && <MessageText text={message.text} html={message.html} />
        )}
        <Attachments files={message.attachments} />
        <MissingMedia media={message.media} />
        <Offered message={message} />
        <Pressed message={message} />
        {message.template && (
          <p className="mt-1 text-muted text-xs">{t('template.is', { name: message.template.name })}</p>
        )}
      </div>
      <Afterwards message={message} joined={joined} />
      {ours && !note && <Delivery message={message} />}
    </li>
  )
})

/** nameless is what to call an author without a name. */
function nameless(message: Message): string {
  if (message.author?.kind === 'trigger') return t('message.byTrigger')
  return message.direction === 'outbound' ? t('message.us') : t('contact.nameless')
}
