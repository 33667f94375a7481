import { left } from '#/api/http'
import { type ConversationChange, type ConversationWas, conversations } from '#/api/inbox'
import { agents } from '#/api/people'
import { Problem } from '#/api/problem'
import type { Conversation, ID, Label } from '#/api/types'
import { editConversation, putConversation } from '#/live/change'
import { loadCounts } from '#/live/load'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { as, oneByOne, seenIn, wayBack } from './way-back'

/**
 * changeConversation shows a change at once and takes it back if the server refuses.
 * The change is named at the bottom and can be undone; a function words that itself. Of several who give a
 * conversation away at the same moment one is heard, and the others are told who has it: it
 * goes only from `holder`, whom this page saw it with.
 */
export async function changeConversation(
  id: ID,
  change: ConversationChange,
  tell: string | ((undo: () => void) => void),
  holder = inbox.state.conversations.get(id)?.assignee_id ?? null,
): Promise<void> {
  const before = inbox.state.conversations.get(id)
  const was = change.assignee_id !== undefined ? { assignee_id: holder } : {}
  const stored = before && (await store(id, change, was))
  if (!stored) return
  const undo = () => putBack(id, wayBack(before, change, stored), stored)
  if (typeof tell === 'string') say(tell, { undo })
  else tell(undo)
}

/**
 * putBack restores what an undone change had taken; of that nothing is said. It goes by how the change had `left` things:
 * whoever has taken, closed, moved or labelled the conversation since is not overruled.
 */
export function putBack(id: ID, change: ConversationChange, left: Left): void {
  void store(id, change, left)
}

/** How a change left what it changed, with the labels that there were then. */
type Left = ConversationWas & { labels?: ID[] }

/** store shows a change where the conversation is still loaded, and has the server make it wherever that is. */
async function store(id: ID, change: ConversationChange, was: Left): Promise<Conversation | null> {
  const before = inbox.state.conversations.get(id)
  inbox.change((state) => editConversation(state, id, change))
  try {
    const stored = await conversations.update(id, { ...oneByOne(change, was.labels), ...seenIn(was, change) })
    inbox.change((state) => putConversation(state, stored))
    loadCounts()
    return stored
  } catch (error) {
    if (before) inbox.change((state) => editConversation(state, id, as(before, change)))
    if (isTaken(error)) await tellTaken(id, error)
    else if (isMeanwhile(error)) await tellMeanwhile(id, error)
    else say(errorText(error), { tone: 'error' })
    return null
  }
}

/** changeLabel adds or removes one label, whatever others do with the rest; it is named, and each takes the other back. */
export async function changeLabel(id: ID, label: Pick<Label, 'id' | 'name'>, add: boolean): Promise<void> {
  if (!(await storeLabel(id, label.id, add))) return
  const undo = () => void storeLabel(id, label.id, !add)
  say(t(add ? 'act.labelled' : 'act.unlabelled', { name: label.name }), { undo })
}

async function storeLabel(id: ID, label: ID, add: boolean): Promise<boolean> {
  const before = inbox.state.conversations.get(id)?.labels ?? []
  const put = (labels: ID[], has: boolean) => [
    ...labels.filter((other) => other !== label),
    ...(has ? [label] : []),
  ]
  inbox.change((state) => editConversation(state, id, { labels: put(before, add) }))
  try {
    const stored = await conversations.update(id, add ? { add_labels: [label] } : { remove_labels: [label] })
    inbox.change((state) => putConversation(state, stored))
    return true
  } catch (error) {
    const now = inbox.state.conversations.get(id)?.labels ?? before
    inbox.change((state) => editConversation(state, id, { labels: put(now, !add) }))
    say(errorText(error), { tone: 'error' })
    return false
  }
}

/** isTaken is true when somebody else was faster to take a conversation. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Problem && ['assigned_meanwhile', 'already_taken'].includes(error.code)

/** isMeanwhile is true when somebody else has changed what a change was to change. */
const isMeanwhile = (error: unknown): boolean => error instanceof Problem && error.code === 'field_changed'

/** tellMeanwhile reads a conversation that somebody else has changed, and says so. */
async function tellMeanwhile(id: ID, error: unknown): Promise<void> {
  say(errorText(error), { tone: 'error' })
  const stored = await conversations.get(id).catch(() => null)
  if (stored) inbox.change((state) => putConversation(state, stored))
}

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
  // Whoever did this has left the page.
  if (error.code === left) return ''
  if (error.offline) return t('common.offline')
  // "Check the fields" is of no use where none are seen.
  if (error.ofFields) return [...new Set(Object.values(error.fields))].join(' ')
  return error.message || Object.values(error.fields)[0] || t('common.failed')
}
