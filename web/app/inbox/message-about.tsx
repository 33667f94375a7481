import type { ID, Message } from '#/api/types'
import { useInbox } from '#/live/store'
import { t } from '#/text/text'
import { type Possible, shown } from './amend'
import { OwnReaction } from './amended'

/** The message that this one answers, in a line: whose it is and how it begins. */
export function Answered({ message }: { message: Message }) {
  const { reply_to } = message
  return reply_to ? <Quote conversation={message.conversation_id} id={reply_to} /> : null
}

function Quote({ conversation, id }: { conversation: ID; id: ID }) {
  const said = useInbox((state) => state.threads.get(conversation)?.items.find((one) => one.id === id))
  return (
    <p
      dir="auto"
      data-testid="message-reply-to"
      className="mb-1 truncate border-line-strong border-s-2 ps-2 text-muted text-sm"
    >
      {said ? beginning(said) : t('message.replies')}
    </p>
  )
}

/** beginning is how a message is named where another one speaks of it. */
export function beginning(message: Message): string {
  const text = message.deleted_at
    ? t(message.kind === 'note' ? 'message.noteDeleted' : 'message.deleted')
    : message.text || message.attachments[0]?.name || t('file.unnamed')
  return message.author?.name ? `${message.author.name}: ${text}` : text
}

/** What stands below a message: the contact's reaction and ours, and that it was changed where no line above says so. */
export function Afterwards({ message, joined, can }: { message: Message; joined: boolean; can: Possible }) {
  const edited = joined && message.edited_at && !message.deleted_at
  if (!message.reaction && !edited && !shown(message).reaction) return null
  return (
    <p className="mt-0.5 flex items-center gap-1.5 px-1 text-faint text-xs">
      {message.reaction && (
        <span
          role="img"
          data-testid="message-reaction"
          aria-label={t('message.reaction', { what: message.reaction })}
          title={t('message.reaction', { what: message.reaction })}
          className="rounded-full border border-line bg-surface px-1.5 text-sm text-text"
        >
          {message.reaction}
        </span>
      )}
      <OwnReaction message={message} can={can.react} />
      {edited && t('message.edited')}
    </p>
  )
}
