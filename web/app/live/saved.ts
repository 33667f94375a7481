/**
 * Lists of saved views. Their conditions may speak of what the page does not know, so the
 * server judges: it is asked about conversations that changed, several at once.
 */
import { conversations } from '#/api/inbox'
import type { ID } from '#/api/types'
import { savedViews } from '#/api/views'
import { putPage, settle } from './change'
import { listParams } from './lists'
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

/**
 * refreshSaved looks at a saved view again because time has passed: "waits for an hour" becomes
 * true by itself. What was found further back stays, unless it has ceased to belong there.
 */
export async function refreshSaved(key: string): Promise<void> {
  const list = inbox.state.lists.get(key)
  const view = list?.query.saved
  // Whoever has scrolled far keeps what they have.
  if (!list || !view || list.state !== 'ready' || list.ids.length > atOnce) return
  try {
    const page = await conversations.list(listParams(list.query))
    const first = page.items.map((item) => item.id)
    const beside = list.ids.filter((id) => !first.includes(id))
    const found = beside.length > 0 ? (await savedViews.matches(view, beside)).ids : []
    inbox.change((state) => {
      const now = state.lists.get(key)
      if (!now) return
      const rest = now.ids.filter((id) => !first.includes(id))
      state.lists.set(key, { ...now, ids: [...first, ...rest] })
      putPage(state, page.items, key)
      settle(state, key, beside, new Set(found))
    })
  } catch {
    // What is on the screen stays; a minute later it is looked at again.
  }
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
