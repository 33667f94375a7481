import { type BulkChange, changeConversations, mostAtOnce } from '#/api/bulk'
import type { Conversation, ID } from '#/api/types'
import { putConversation } from '#/live/change'
import { loadCounts } from '#/live/load'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { errorText } from './actions'
import { seenIn, wayBack } from './way-back'

export type Change = Omit<BulkChange, 'ids'>

/** Said is the line about so many changed conversations. */
export type Said = (changed: number) => string

/** changeMany changes all of them by one call; one press takes all of it back. What was not changed it names. */
export async function changeMany(ids: ID[], change: Change, text: Said): Promise<ID[]> {
  const before = known(ids)
  const after = await send(inPieces(ids).map((piece) => [{ ...change, ids: piece }]))
  if (after.length > 0)
    say(text(after.length), { undo: () => void send(inPieces(backOf(before, change, after))) })
  const changed = new Set(after.map((one) => one.id))
  return ids.filter((id) => !changed.has(id))
}

function known(ids: ID[]): Map<ID, Conversation> {
  const all = ids.map((id) => inbox.state.conversations.get(id))
  return new Map(all.filter((one) => one !== undefined).map((one) => [one.id, one]))
}

/**
 * backOf is what restores each of them, by itself, as it was before. Labels come and go one by
 * one: those that somebody else has put on meanwhile stay.
 */
export function backOf(before: Map<ID, Conversation>, change: Change, after: Conversation[]): BulkChange[] {
  const { add_labels, remove_labels, ...rest } = change
  return after.flatMap((now) => {
    const old = before.get(now.id)
    if (!old) return []
    const added = (add_labels ?? []).filter((label) => !old.labels.includes(label))
    const removed = (remove_labels ?? []).filter((label) => old.labels.includes(label))
    const fields = wayBack(old, rest, now)
    const back = {
      ...fields,
      // Whoever has taken, closed or moved it since is not overruled.
      ...seenIn(now, fields),
      ...(removed.length > 0 && { add_labels: removed }),
      ...(added.length > 0 && { remove_labels: added }),
    }
    return Object.keys(back).length > 0 ? [{ ...back, ids: [now.id] }] : []
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
