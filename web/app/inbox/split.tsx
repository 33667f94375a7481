import { type ReactNode, Suspense, useState } from 'react'
import type { Message } from '#/api/types'
import { inbox, useInbox } from '#/live/store'
import { t } from '#/text/text'
import type { MenuItem } from '#/ui/menu'
import { piece } from '#/ui/piece'

const SplitDialog = piece(() => import('./split-dialog'))

/** useSplit offers to split a conversation at a message that has some before it. */
export function useSplit(message: Message): { items: MenuItem[]; dialog: ReactNode } {
  const [open, setOpen] = useState(false)
  // One word of it alone: a message is not drawn anew whenever its conversation changes.
  const whole = useInbox((state) => {
    const conversation = state.conversations.get(message.conversation_id)
    return conversation !== undefined && !conversation.merged_into && !conversation.spam
  })
  const conversation = open && inbox.state.conversations.get(message.conversation_id)
  if (!whole || (message.seq ?? 0) <= 1) return { items: [], dialog: null }
  return {
    items: [{ id: 'split', name: t('act.split'), icon: 'split', leads: true, run: () => setOpen(true) }],
    dialog: conversation && (
      <Suspense>
        <SplitDialog conversation={conversation} message={message} onClose={() => setOpen(false)} />
      </Suspense>
    ),
  }
}
