/**
 * Lists of saved views. Their conditions may speak of what the page does not know, so the
 * server judges: it is asked about conversations that changed, several at once.
 */
import type { ID } from '#/api/types'
import { savedViews } from '#/api/views'
import { settle } from './change'
import { listKey } from './lists'
import { loadList } from './load'
import { inbox } from './store'

/** How long changes are gathered before the server is asked about them. */
const pause = 250
const atOnce = 100

const changed = new Set<ID>()
let asking = false

/** judgeSaved has the saved view on the screen look at a conversation that changed. */
export function judgeSaved(id: ID): void {
  if (!inbox.state.lists.get(inbox.state.shownKey)?.query.saved) return
  changed.add(id)
  if (asking) return
  asking = true
  setTimeout(() => void ask(), pause)
}

async function ask(): Promise<void> {
  const key = inbox.state.shownKey
  const view = inbox.state.lists.get(key)?.query.saved
  const ids = [...changed].slice(0, atOnce)
  for (const id of ids) changed.delete(id)
  try {
    if (view && ids.length > 0) {
      const found = new Set((await savedViews.matches(view, ids)).ids)
      inbox.change((state) => settle(state, key, ids, found))
    }
  } catch {
    // What is on the screen stays; the list is read again within a minute.
  } finally {
    asking = false
    if (changed.size > 0) judgeSaved([...changed][0] ?? '')
  }
}

/** refreshSaved reads a saved view again because time has passed: "waits for an hour" becomes true by itself. */
export function refreshSaved(key: string): void {
  const list = inbox.state.lists.get(key)
  // Whoever has scrolled far keeps what they have.
  if (list?.query.saved && list.ids.length <= 50 && listKey(list.query) === key) void loadList(list.query)
}

let countsDue = false

/** loadSavedCounts asks for the numbers beside saved views, at most every three seconds. */
export function loadSavedCounts(delay = 0): void {
  if (countsDue) return
  countsDue = true
  setTimeout(async () => {
    try {
      const { items } = await savedViews.counts()
      inbox.change((state) => {
        state.savedCounts = Object.fromEntries(items.map((item) => [item.id, item]))
      })
    } catch {
      // The numbers stay as they were; the next event asks again.
    } finally {
      countsDue = false
    }
  }, delay)
}
