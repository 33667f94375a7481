import { type BulkChange, changeConversations, mostAtOnce } from '#/api/bulk'
import type { Conversation, ID } from '#/api/types'
import { putConversation } from '#/live/change'
import { loadCounts } from '#/live/load'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { errorText } from './actions'
import { wayBack } from './way-back'

export type Change = Omit<BulkChange, 'ids'>

/** changeMany changes all of them by one call; one press takes all of it back. */
export async function changeMany(ids: ID[], change: Change, text: string): Promise<void> {
  const before = known(ids)
  const after = await send(inPieces(ids).map((piece) => [{ ...change, ids: piece }]))
  if (after.length > 0) say(text, { undo: () => void send(inPieces(backOf(before, change, after))) })
}

function known(ids: ID[]): Map<ID, Conversation> {
  const all = ids.map((id) => inbox.state.conversations.get(id))
  return new Map(all.filter((one) => one !== undefined).map((one) => [one.id, one]))
}

/** backOf is what restores each of them, by itself, as it was before. */
export function backOf(before: Map<ID, Conversation>, change: Change, after: Conversation[]): BulkChange[] {
  const { add_labels, remove_labels, ...rest } = change
  return after.flatMap((now) => {
    const old = before.get(now.id)
    if (!old) return []
    const labels = add_labels || remove_labels ? { labels: old.labels } : {}
    return [{ ...wayBack(old, rest, now), ...labels, ids: [now.id] }]
  })
}

/** inPieces divides what is to be done into calls that the server takes. */
export function inPieces<T>(list: T[]): T[][] {
  const out: T[][] = []
  for (let at = 0; at < list.length; at += mostAtOnce) out.push(list.slice(at, at + mostAtOnce))
  return out
}

/** send makes the calls one after the other and says what was refused, once. */
async function send(calls: BulkChange[][]): Promise<Conversation[]> {
  const done: Conversation[] = []
  const refused: string[] = []
  try {
    for (const changes of calls) {
      const answer = await changeConversations(changes)
      done.push(...answer.items)
      refused.push(...answer.failed.map((one) => one.detail))
    }
  } catch (error) {
    say(errorText(error), { tone: 'error' })
  }
  inbox.change((state) => {
    for (const one of done) putConversation(state, one)
  })
  loadCounts()
  const [why] = refused
  if (why) say(t('bulk.refused', { n: refused.length, why }), { tone: 'error' })
  return done
}
