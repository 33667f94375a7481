import { splits } from '#/api/splits'
import type { ID } from '#/api/types'
import { putConversation } from '#/live/change'
import { loadConversation, loadCounts, loadThread } from '#/live/load'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { say } from '#/ui/toast'
import { errorText } from './actions'

/** Shows a conversation. */
type Open = (id: ID) => Promise<unknown>

/** divide makes a conversation of its own from a message on, and opens it. Undone, it is one again. Why it was refused is its caller's to say. */
export async function divide(id: ID, body: Parameters<typeof splits.split>[1], open: Open): Promise<void> {
  const done = await splits.split(id, body)
  inbox.change((state) => putConversation(state, done.conversation))
  const undo = () => void whole(id, done.split_id, open)
  const { number, status, snoozed_until: until } = done.conversation
  const put = status === 'snoozed' && until ? [t('event.snoozed', { time: fullTime(until) })] : []
  say([t('split.done', { number }), ...put].join(' · '), { undo })
  loadCounts()
  await Promise.all([loadThread(id), open(done.conversation.id)])
}

async function whole(id: ID, split: ID, open: Open): Promise<void> {
  try {
    await splits.undo(split)
    await Promise.all([loadConversation(id), loadThread(id), open(id)])
    loadCounts()
    say(t('split.undone'))
  } catch (error) {
    say(errorText(error), { tone: 'error' })
  }
}
