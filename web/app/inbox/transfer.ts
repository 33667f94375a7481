import { type ConversationChange, conversations } from '#/api/inbox'
import type { Conversation } from '#/api/types'
import { putConversation } from '#/live/change'
import { loadCounts } from '#/live/load'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { errorText, isTaken, putBack, tellTaken } from './actions'
import { as } from './way-back'

/**
 * transfer gives a conversation away with a word to whoever gets it, by one call; it says whether it went. Taken back, the
 * note stays: it was said.
 */
export async function transfer(
  conversation: Conversation,
  change: ConversationChange,
  note: string,
): Promise<boolean> {
  const { id, assignee_id } = conversation
  try {
    const stored = await conversations.update(id, { ...change, was: { assignee_id }, note })
    inbox.change((state) => putConversation(state, stored))
    loadCounts()
    say(t('transfer.done'), { undo: () => putBack(id, as(conversation, change), stored) })
    return true
  } catch (error) {
    if (isTaken(error)) await tellTaken(id, error)
    else say(errorText(error), { tone: 'error' })
    return false
  }
}
