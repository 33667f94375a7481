import { type ConversationChange, conversations } from '#/api/inbox'
import { agents } from '#/api/people'
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
 * With a text, the change is named at the bottom and can be undone; a function words that itself. Of several who give a
 * conversation away at the same moment one is heard, and the others are told who has it: it
 * goes only from `holder`, whom this page saw it with.
 */
export async function changeConversation(
  id: ID,
  change: ConversationChange,
  tell?: string | ((undo: () => void) => void),
  holder = inbox.state.conversations.get(id)?.assignee_id ?? null,
): Promise<void> {
  const before = inbox.state.conversations.get(id)
  if (!before) return
  const old = as(before, change)
  const guard = change.assignee_id !== undefined && { was_assignee_id: holder }
  inbox.change((state) => editConversation(state, id, change))
  try {
    const stored = await conversations.update(id, { ...change, ...guard })
    inbox.change((state) => putConversation(state, stored))
    loadCounts()
    const undo = () =>
      void changeConversation(id, wayBack(before, change, stored), undefined, stored.assignee_id)
    if (typeof tell === 'string') say(tell, { undo })
    else tell?.(undo)
  } catch (error) {
    inbox.change((state) => editConversation(state, id, old))
    if (isTaken(error)) await tellTaken(id, error)
    else say(errorText(error), { tone: 'error' })
  }
}

/** changeLabel adds or removes one label, whatever others do with the rest. */
export async function changeLabel(id: ID, label: ID, add: boolean): Promise<void> {
  const before = inbox.state.conversations.get(id)?.labels
  if (!before) return
  const put = (labels: ID[], has: boolean) => [
    ...labels.filter((other) => other !== label),
    ...(has ? [label] : []),
  ]
  inbox.change((state) => editConversation(state, id, { labels: put(before, add) }))
  try {
    const stored = await conversations.update(id, add ? { add_labels: [label] } : { remove_labels: [label] })
    inbox.change((state) => putConversation(state, stored))
  } catch (error) {
    const now = inbox.state.conversations.get(id)?.labels ?? before
    inbox.change((state) => editConversation(state, id, { labels: put(now, !add) }))
    say(errorText(error), { tone: 'error' })
  }
}

/** isTaken is true when somebody else was faster to take a conversation. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Problem && ['assigned_meanwhile', 'already_taken'].includes(error.code)

/** tellTaken reads a conversation that somebody else has got, and says who. */
export async function tellTaken(id: ID, error: unknown): Promise<void> {
  try {
    const stored = await conversations.get(id)
    inbox.change((state) => putConversation(state, stored))
    const name = stored.assignee_id ? await nameOf(stored.assignee_id) : ''
    say(name ? t('act.takenBy', { name }) : t('act.takenFree'), { tone: 'error' })
  } catch {
    say(errorText(error), { tone: 'error' })
  }
}

async function nameOf(agent: ID): Promise<string> {
  const { items } = await agents.list()
  return items.find((one) => one.id === agent)?.name ?? ''
}

/** errorText is what to tell a person about a call that did not work. */
export function errorText(error: unknown): string {
  if (!(error instanceof Problem)) return t('common.failed')
  if (error.offline) return t('common.offline')
  return error.message || Object.values(error.fields)[0] || t('common.failed')
}
