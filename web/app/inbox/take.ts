import { routing } from '#/api/routing'
import type { ID } from '#/api/types'
import { loadConversation } from '#/live/load'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { errorText, isTaken, putBack, tellTaken } from './actions'

/**
 * take takes a conversation of nobody: of several who press at once one has it, and nobody more than they may hold. Undone,
 * it is nobody's again.
 */
export async function take(id: ID): Promise<void> {
  const { me } = inbox.state
  try {
    await routing.claim(id)
    say(t('routing.claimed'), { undo: () => putBack(id, { assignee_id: null }, { assignee_id: me }) })
  } catch (error) {
    if (isTaken(error)) await tellTaken(id, error)
    else say(errorText(error), { tone: 'error' })
  } finally {
    await loadConversation(id).catch(() => undefined)
  }
}
