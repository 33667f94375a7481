import { Link } from '@tanstack/react-router'
import type { Conversation, Message } from '#/api/types'
import { t } from '#/text/text'
import type { Part } from './weave'

interface MergedFromProps {
  message: Message
  before: Message | undefined
  own: Conversation
  parts: Part[]
}

/** A line where the talk goes over to another of the conversations that became one. */
export function MergedFrom({ message, before, own, parts }: MergedFromProps) {
  const from = message.conversation_id
  if (parts.length === 0 || from === (before?.conversation_id ?? own.id)) return null
  const part = parts.find((one) => one.id === from)
  return (
    <li
      data-testid="merged-from"
      className="numeric my-3 flex items-center gap-3 text-muted text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line"
    >
      {part ? (
        <Link
          to="/inbox/$id"
          params={{ id: part.id }}
          search={{ view: 'all', status: 'any' }}
          className="inline-flex min-h-6 items-center hover:text-accent hover:underline"
        >
          {t('thread.mergedFrom', { number: part.number })}
        </Link>
      ) : (
        t('thread.ownAgain', { number: own.number })
      )}
    </li>
  )
}

/** isMail tells whether a message is shown as a letter: by the channel that it went through. */
export function isMail(message: Message, own: Conversation, parts: Part[]): boolean {
  const part = parts.find((one) => one.id === message.conversation_id)
  return (part ?? own).account_kind === 'email'
}
