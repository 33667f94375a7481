import type { ID } from '#/api/types'
import { useInbox } from '#/live/store'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { drafts } from './draft'
import { beginning } from './message-about'

/** The message that the answer being written is to. */
export function ReplyTo({ conversation, message }: { conversation: ID; message: ID }) {
  const said = useInbox((state) => state.threads.get(conversation)?.items.find((one) => one.id === message))
  return (
    <div data-testid="composer-reply-to" className="flex items-center gap-2 px-3.5 pt-2 text-sm">
      <p dir="auto" className="min-w-0 flex-1 truncate border-accent border-s-2 ps-2 text-muted">
        <span className="sr-only">{t('amend.replyingTo')} </span>
        {said ? beginning(said) : t('message.replies')}
      </p>
      <IconButton
        icon="close"
        label={t('amend.noReply')}
        className="size-6!"
        onClick={() => drafts.edit(conversation, { replyTo: null })}
      />
    </div>
  )
}
