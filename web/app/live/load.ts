/** Reads snapshots into the store: lists page by page, threads from their end. */
import { conversations, messages } from '#/api/inbox'
import type { ID } from '#/api/types'
import { mergeMessages, putConversation, putPage } from './change'
import { type ListQuery, listKey, listParams } from './lists'
import { inbox } from './store'

const emptyThread = { items: [], pending: [], older: false, state: 'loading' as const }

/** loadList reads the first page, or again; what is on the screen stays until the answer is there. */
export async function loadList(query: ListQuery): Promise<void> {
  const key = listKey(query)
  const known = inbox.state.lists.get(key)
  if (!known) inbox.change((state) => state.lists.set(key, { query, ids: [], next: '', state: 'loading' }))
  try {
    const page = await conversations.list(listParams(query))
    inbox.change((state) => {
      state.lists.set(key, { query, ids: page.items.map((item) => item.id), next: page.next, state: 'ready' })
      putPage(state, page.items, key)
    })
  } catch {
    if (known?.ids.length) return
    inbox.change((state) => state.lists.set(key, { query, ids: [], next: '', state: 'error' }))
  }
}

const further = new Map<string, Promise<boolean>>()

/** loadMore reads the next page and says whether that went; asked again meanwhile it is the same reading. */
export function loadMore(query: ListQuery): Promise<boolean> {
  const key = listKey(query)
  const begun = further.get(key)
  if (begun) return begun
  const list = inbox.state.lists.get(key)
  if (!list?.next) return Promise.resolve(true)
  const reading = readPage(query, key, list.next).finally(() => further.delete(key))
  further.set(key, reading)
  return reading
}

async function readPage(query: ListQuery, key: string, cursor: string): Promise<boolean> {
  try {
    const page = await conversations.list({ ...listParams(query), cursor })
    inbox.change((state) => {
      const now = state.lists.get(key)
      if (now?.next !== cursor) return
      const seen = new Set(now.ids)
      const fresh = page.items.filter((item) => !seen.has(item.id))
      state.lists.set(key, { ...now, ids: [...now.ids, ...fresh.map((item) => item.id)], next: page.next })
      putPage(state, page.items, key)
    })
    return true
  } catch {
    // Scrolling on asks again; whoever waits for it is told.
    return false
  }
}

export async function loadConversation(id: ID): Promise<void> {
  const conversation = await conversations.get(id)
  inbox.change((state) => putConversation(state, conversation))
}

const opening = new Map<ID, Promise<void>>()

/**
 * openThread reads a thread that is about to be shown; asked again meanwhile it is the
 * same reading. A browser has six connections, so whoever knows first that a thread will
 * be wanted asks for it before the rest of the screen does.
 */
export function openThread(id: ID): Promise<void> {
  const begun = opening.get(id)
  if (begun) return begun
  const reading = loadThread(id).finally(() => opening.delete(id))
  opening.set(id, reading)
  return reading
}

export async function loadThread(id: ID): Promise<void> {
  const known = inbox.state.threads.get(id)
  if (!known) inbox.change((state) => state.threads.set(id, emptyThread))
  try {
    const page = await messages.last(id)
    inbox.change((state) => {
      const local = (state.threads.get(id)?.pending ?? []).filter((item) => item.id.startsWith('local:'))
      const thread = {
        items: [],
        pending: local,
        older: (page.items[0]?.seq ?? 1) > 1,
        state: 'ready' as const,
      }
      state.threads.set(id, mergeMessages(thread, [...page.items, ...(page.pending ?? [])]))
    })
  } catch {
    if (known?.state === 'ready') return
    inbox.change((state) => state.threads.set(id, { ...emptyThread, state: 'error' }))
  }
}

const reading = new Set<ID>()

export async function loadOlder(id: ID): Promise<void> {
  const first = inbox.state.threads.get(id)?.items[0]?.seq
  if (!first || first <= 1 || reading.has(id)) return
  reading.add(id)
  try {
    const page = await messages.before(id, first)
    inbox.change((state) => {
      const thread = state.threads.get(id)
      if (!thread) return
      const merged = mergeMessages(thread, page.items)
      state.threads.set(id, { ...merged, older: page.items.length > 0 && (merged.items[0]?.seq ?? 1) > 1 })
    })
  } finally {
    reading.delete(id)
  }
}

let countsDue = false

/** loadCounts asks at most once a second, however many events make it wish to. */
export function loadCounts(delay = 0): void {
  if (countsDue) return
  countsDue = true
  setTimeout(async () => {
    try {
      const counts = await conversations.counts()
      inbox.change((state) => {
        state.counts = counts
      })
    } catch {
      // The numbers stay as they were; the next event asks again.
    } finally {
      countsDue = false
    }
  }, delay)
}
