import { type ConversationChange, conversations } from '#/api/inbox'
import { Problem } from '#/api/problem'
import type { ID } from '#/api/types'
import { editConversation, putConversation } from '#/live/change'
import { loadCounts } from '#/live/load'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { as, wayBack } from './way-back'

/**
 * changeConversation shows a change at once and takes it back if the server refuses.
 * With a text, the change is named at the bottom and can be undone.
 */
export async function changeConversation(id: ID, change: ConversationChange, text?: string): Promise<void> {
  const before = inbox.state.conversations.get(id)
  if (!before) return
  const old = as(before, change)
  inbox.change((state) => editConversation(state, id, change))
  try {
    const stored = await conversations.update(id, change)
    inbox.change((state) => putConversation(state, stored))
    loadCounts()
    if (text) say(text, { undo: () => void changeConversation(id, wayBack(before, change, stored)) })
  } catch (error) {
    inbox.change((state) => editConversation(state, id, old))
    say(errorText(error), { tone: 'error' })
  }
}

/** errorText is what to tell a person about a call that did not work. */
export function errorText(error: unknown): string {
  if (!(error instanceof Problem)) return t('common.failed')
  if (error.offline) return t('common.offline')
  return error.message || Object.values(error.fields)[0] || t('common.failed')
}
