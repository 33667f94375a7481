import type { Message } from '#/api/types'
import { t } from '#/text/text'
import { dayName } from '#/text/time'

interface SeparatorProps {
  message: Message
  before: Message | undefined
  firstUnread: number
}

/** What stands between two messages: a new day, and where the reader has not read yet. */
export function Separators({ message, before, firstUnread }: SeparatorProps) {
  const newDay =
    !before || new Date(before.created_at).toDateString() !== new Date(message.created_at).toDateString()
  const unread = message.seq === firstUnread && message.direction === 'inbound' && before !== undefined
  return (
    <>
      {newDay && (
        <li className="my-4 self-center text-muted text-xs first-letter:uppercase">
          {dayName(message.created_at)}
        </li>
      )}
      {unread && (
        <li className="my-3 flex items-center gap-3 text-accent text-xs">
          <span className="h-px flex-1 bg-accent/40" />
          {t('thread.unread')}
          <span className="h-px flex-1 bg-accent/40" />
        </li>
      )}
    </>
  )
}
