/** Reads snapshots into the store: lists page by page, threads from their end. */
import { conversations, messages } from '#/api/inbox'
import type { ID } from '#/api/types'
import { mergeMessages, putConversation, putPage } from './change'
import { dropOldest } from './kept'
import { type ListQuery, listKey, listParams } from './lists'
import type { InboxState, List, Thread } from './state'
import { inbox } from './store'
import { begun, forget, further, type ListPage, nearer } from './stretch'

/** A thread of which nothing is known yet. */
export const emptyThread: Thread = { items: [], pending: [], older: false, state: 'loading' }

/** loadList reads the first page, or again; what is on the screen stays until the answer is there. */
export async function loadList(query: ListQuery): Promise<void> {
  const key = listKey(query)
  const known = inbox.state.lists.get(key)
  if (!known) inbox.change((state) => state.lists.set(key, { query, ids: [], next: '', state: 'loading' }))
  try {
    const page = await conversations.list(listParams(query))
    inbox.change((state) => replace(state, key, begun(state.lists.get(key) ?? { query }, page), page))
    if (page.next) void loadLength(query, key)
  } catch {
    if (known?.ids.length) return
    inbox.change((state) => state.lists.set(key, { query, ids: [], next: '', state: 'error' }))
  }
}

/** loadLength asks how long a list is, so that it can be shown at its full length before it is read. */
async function loadLength(query: ListQuery, key: string): Promise<void> {
  // What no index narrows would have to be looked at one by one.
  if (query.saved || query.q || query.label || query.account || query.unread) return
  try {
    const { count } = await conversations.length(listParams(query))
    inbox.change((state) => {
      const list = state.lists.get(key)
      if (list) state.lists.set(key, { ...list, length: count })
    })
  } catch {
    // The list is as long as what is loaded then, and grows as it is scrolled.
  }
}

const moving = new Map<string, Promise<boolean>>()

/** once does not begin to read a list while it is being read. */
function once(key: string, read: () => Promise<void>): Promise<boolean> {
  const begunAlready = moving.get(key)
  if (begunAlready) return begunAlready
  const reading = read()
    .then(
      () => true,
      // Scrolling on asks again; whoever waits for it is told.
      () => false,
    )
    .finally(() => moving.delete(key))
  moving.set(key, reading)
  return reading
}

/** loadMore reads the next page and says whether that went; asked again meanwhile it is the same reading. */
export function loadMore(query: ListQuery): Promise<boolean> {
  const key = listKey(query)
  const cursor = inbox.state.lists.get(key)?.next
  if (!cursor) return Promise.resolve(true)
  return once(key, async () => {
    const page = await conversations.list({ ...listParams(query), cursor })
    inbox.change((state) => {
      const now = state.lists.get(key)
      if (now?.next === cursor) replace(state, key, further(now, page), page)
    })
  })
}

/** loadBefore reads the page before what is loaded. */
export function loadBefore(query: ListQuery): Promise<boolean> {
  const key = listKey(query)
  const before = inbox.state.lists.get(key)?.prev
  if (!before) return Promise.resolve(true)
  return once(key, async () => {
    const page = await conversations.list({ ...listParams(query), before })
    inbox.change((state) => {
      const now = state.lists.get(key)
      if (now?.prev === before) replace(state, key, nearer(now, page), page)
    })
  })
}

/** loadAround leaves what is loaded for a page around a row far from it. */
export function loadAround(query: ListQuery, row: number): Promise<boolean> {
  const key = listKey(query)
  const skip = Math.max(0, row - 15)
  return once(key, async () => {
    const page = await conversations.list({ ...listParams(query), skip })
    inbox.change((state) => {
      const now = state.lists.get(key)
      if (!now) return
      // There are fewer than were counted: what is shown shall end where the list does.
      if (page.items.length === 0) state.lists.set(key, { ...now, length: skip })
      else replace(state, key, begun(now, page, skip), page)
    })
  })
}

/** replace puts a stretch in the place of the one before, with what a page has brought. */
function replace(state: InboxState, key: string, list: List, page: ListPage): void {
  const old = state.lists.get(key)
  state.lists.set(key, list)
  putPage(state, page.items, key)
  const here = new Set(list.ids)
  forget(state, old?.ids.filter((id) => !here.has(id)) ?? [])
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
  if (!inbox.state.threads.has(id)) inbox.change((state) => state.threads.set(id, emptyThread))
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
      // What was read last stands last.
      state.threads.delete(id)
      state.threads.set(id, mergeMessages(thread, [...page.items, ...(page.pending ?? [])]))
      dropOldest(state)
    })
  } catch {
    const known = inbox.state.threads.get(id)
    if (known?.state === 'ready') return
    const pending = known?.pending ?? []
    inbox.change((state) => state.threads.set(id, { ...emptyThread, pending, state: 'error' }))
  }
}

/** readFailed reads again what is on the screen and could not be read. */
export async function readFailed(): Promise<void> {
  const { lists, threads, shownKey, openId } = inbox.state
  const shown = lists.get(shownKey)
  await Promise.all([
    shown?.state === 'error' && loadList(shown.query),
    openId && threads.get(openId)?.state === 'error' && openThread(openId),
  ])
}

/** loadNewer reads what has come to the end of a thread; what is known of it stays, unless more has come than is read at once. */
export async function loadNewer(id: ID): Promise<void> {
  const last = inbox.state.threads.get(id)?.items.at(-1)?.seq
  const page = last ? await messages.last(id).catch(() => null) : null
  if (!last || (page?.items[0]?.seq ?? 1) > last + 1) return loadThread(id)
  inbox.change((state) => {
    const thread = state.threads.get(id)
    if (page && thread?.state === 'ready')
      state.threads.set(id, mergeMessages(thread, [...page.items, ...(page.pending ?? [])]))
  })
}

const reading = new Set<ID>()

/** loadOlder reads so many messages before those that are there. */
export async function loadOlder(id: ID, many = 50): Promise<void> {
  const first = inbox.state.threads.get(id)?.items[0]?.seq
  if (!first || first <= 1 || reading.has(id)) return
  reading.add(id)
  try {
    const page = await messages.before(id, first, many)
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
