/**
 * Conversations that the page hears of for the first time. Whether the reader has pinned one, no event tells: the
 * server is asked before it is put into a list, or it would stand in the wrong place until the list is read anew.
 */
import { conversations } from '#/api/inbox'
import type { Conversation, ID } from '#/api/types'
import { putConversation } from './change'
import { hasPins, matches } from './lists'
import { loadList } from './load'
import { inbox } from './store'

/** So many are asked about one by one; of more, the pins are read together. */
const atOnce = 8
const pause = 1_000

/** What events have said last of those that the server is being asked about. */
const asked = new Map<ID, Conversation>()
let pinsDue = false

/** mayBePinned is true of what would come into the list on the screen, and may belong above it. */
export function mayBePinned(next: Conversation): boolean {
  const query = inbox.state.lists.get(inbox.state.shownKey)?.query
  return query !== undefined && hasPins(query) && matches(next, query, inbox.state.me) === true
}

/** arrive puts a conversation into its place once it is known whether it is pinned; without an answer, it is not. */
export async function arrive(next: Conversation): Promise<void> {
  const { id } = next
  if (!asked.has(id) && asked.size >= atOnce) {
    inbox.change((state) => putConversation(state, next))
    readPins()
    return
  }
  const begun = asked.has(id)
  asked.set(id, next)
  if (begun) return
  const { me } = inbox.state
  const found = await conversations.get(id).catch(() => null)
  const last = asked.get(id)
  asked.delete(id)
  // It was taken away meanwhile, or somebody else sits here.
  if (!last || inbox.state.me !== me) return
  inbox.change((state) => {
    if (found) putConversation(state, found)
    putConversation(state, last)
  })
}

/** depart forgets a conversation that was taken away before the server has answered. */
export function depart(id: ID): void {
  asked.delete(id)
}

/** readPins reads the pins above the list on the screen, once for all that came in a while. */
function readPins(): void {
  if (pinsDue) return
  pinsDue = true
  setTimeout(() => {
    pinsDue = false
    const query = inbox.state.lists.get(inbox.state.shownKey)?.query
    if (query && hasPins(query)) void loadList({ ...query, pinned: true })
  }, pause)
}
