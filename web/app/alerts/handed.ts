/** What colleagues have handed over to whoever sits here, until they have opened it. */
import { useSyncExternalStore } from 'react'
import type { ID } from '#/api/types'
import { loadConversation, openThread } from '#/live/load'
import { inbox } from '#/live/store'
import { createKept } from '#/ui/kept'

/** What the live stream tells of one that came to somebody. */
export interface Given {
  id: ID
  kind: string
  badge: boolean
  /** The note that was written along. */
  message_id?: ID | null
  by_id?: ID | null
}

/** What is said of one. */
export interface Handed {
  conversation: ID
  contact: string
  by: ID
  note: string
}

/** Who gave what, by conversation; it outlives a reload, as the work does. */
const shelf = createKept<Record<ID, ID>>(
  'handed',
  () => localStorage,
  () => inbox.state.me,
)

/** More than so many are not marked: nobody looks for the first of them any more. */
const most = 200

let heard: ID[] = []
let telling = 0
const listeners = new Set<() => void>()
const tellers = new Set<(handed: Handed) => void>()

let shown: { me: ID; by: Record<ID, ID> } = { me: '', by: {} }

function marks(): Record<ID, ID> {
  const { me } = inbox.state
  if (shown.me !== me) shown = { me, by: shelf.get('all') ?? {} }
  return shown.by
}

function set(by: Record<ID, ID>): void {
  shown = { me: inbox.state.me, by }
  shelf.set('all', by, {})
  for (const listener of listeners) listener()
}

/** unmark forgets that one was handed over: it is open. */
export function unmark(conversation: ID): void {
  if (!(conversation in marks())) return
  const { [conversation]: _, ...rest } = marks()
  set(rest)
}

/** Of many that come at once only so many are told of; all are marked. */
const toldAtOnce = 3

/** handedOver takes in what somebody is told of; what no colleague gave them is none of its business. */
export async function handedOver(given: Given, conversation: ID): Promise<void> {
  const by = given.by_id
  if (given.kind !== 'assigned' || heard.includes(given.id)) return
  heard = [...heard.slice(-99), given.id]
  // Whoever handed it over before is not whom it comes from now.
  if (!by || !given.badge) return unmark(conversation)
  const { me, openId } = inbox.state
  if (openId !== conversation)
    set(Object.fromEntries([...Object.entries(marks()), [conversation, by]].slice(-most)))
  if (telling >= toldAtOnce) return
  telling++
  try {
    await Promise.all([loadConversation(conversation), given.message_id && openThread(conversation)])
    const one = inbox.state.conversations.get(conversation)
    // Somebody else has it by now, or sits here.
    if (one?.assignee_id !== me || inbox.state.me !== me) return
    const note = inbox.state.threads.get(conversation)?.items.find((item) => item.id === given.message_id)
    for (const tell of tellers) tell({ conversation, contact: one.contact_name, by, note: note?.text ?? '' })
  } catch {
    // The mark says it too.
  } finally {
    telling--
  }
}

/** followHanded hears of each; it returns how to stop. What is opened is no news any more. */
export function followHanded(tell: (handed: Handed) => void): () => void {
  tellers.add(tell)
  const stop = inbox.subscribe(() => inbox.state.openId && unmark(inbox.state.openId))
  addEventListener('storage', elsewhere)
  return () => {
    tellers.delete(tell)
    stop()
    removeEventListener('storage', elsewhere)
  }
}

/** elsewhere hears that another tab has marked one, or opened it. */
function elsewhere({ key }: StorageEvent): void {
  if (!key?.startsWith('parley.handed.')) return
  shown = { me: '', by: {} }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** useHandedBy is the colleague who gave it, until it is opened. */
export function useHandedBy(conversation: ID): ID | undefined {
  return useSyncExternalStore(subscribe, () => marks()[conversation])
}
