import type { QueryClient } from '@tanstack/react-query'
import { type Given, handedOver } from '#/alerts/handed'
import { hear, type Notification } from '#/alerts/unseen'
import { conversations } from '#/api/inbox'
import type { Conversation, ID, Message } from '#/api/types'
import { arrive, depart, mayBePinned } from './arrivals'
import {
  clearTyping,
  dropConversation,
  dropMark,
  dropMessage,
  putConversation,
  putMark,
  putMessage,
} from './change'
import { hasPins, listKey } from './lists'
import { loadConversation, loadCounts, loadList, loadNewer, loadThread, readFailed } from './load'
import { noticeOwn } from './own'
import { judgeSaved, loadSavedCounts } from './saved'
import type { Mark } from './state'
import { inbox } from './store'
import type { LiveEvent } from './stream'
import { noticeRemoved } from './unscheduled'

interface Envelope {
  conversation_id?: ID | null
  object?: unknown
  [name: string]: unknown
}

/** Which cached answers an event makes stale, by the noun before the dot. */
const stale: Record<string, string[]> = {
  contact: ['contacts'],
  lead: ['leads'],
  request: ['requests'],
  account: ['accounts', 'limits'],
  label: ['labels'],
  people: ['agents', 'teams'],
  view: ['views'],
  macro: ['macros'],
  'quick-reply': ['quick-replies'],
}

/** What is told for a moment only, so that a page which was not listening has to ask. */
const momentary = ['labels', 'agents', 'teams']

/** reconnected reads again what a page without a connection has not heard of, and what it could not read. */
export function reconnected(queries: QueryClient): void {
  for (const key of momentary) void queries.invalidateQueries({ queryKey: [key] })
  void queries.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' })
  void readFailed()
}

/** applyEvent brings the page up to date with one event of the stream. */
export function applyEvent(event: LiveEvent, queries: QueryClient): void {
  const data = (event.data ?? {}) as Envelope
  if (event.event === 'reset' || event.event === 'hello') {
    void reload(queries, event.event === 'reset')
    return
  }
  if (event.event === 'typing' || event.event === 'viewing') {
    mark(event.event, data)
    return
  }
  if (event.event === 'notification.created') {
    const told = data.object as Notification & Given
    hear(told)
    if (data.conversation_id) void handedOver(told, data.conversation_id)
    if (told.kind === 'mention') refreshMentions()
    return
  }
  if (event.event === 'watch.updated') {
    const id = data.conversation_id
    const shown = inbox.state.lists.get(inbox.state.shownKey)?.query
    if (id) void loadConversation(id).catch(() => undefined)
    if (shown && hasPins(shown)) void loadList({ ...shown, pinned: true })
    return
  }
  const noun = event.event.split('.')[0] ?? ''
  if (noun === 'conversation') {
    conversationEvent(event.event, data)
    joinedEvent(data, queries)
  }
  if (noun === 'message') messageEvent(event.event, data)
  if (event.event === 'messages.moved') movedEvent(data)
  for (const key of stale[noun] ?? []) void queries.invalidateQueries({ queryKey: [key] })
  if (event.event === 'presence') void queries.invalidateQueries({ queryKey: ['agents'] })
  if (event.event === 'presence' || noun === 'people' || noun === 'conversation') boardSoon(queries)
  if (noun === 'conversation' || noun === 'message' || noun === 'messages') {
    void queries.invalidateQueries({ queryKey: ['timeline', data.conversation_id] })
    void queries.invalidateQueries({ queryKey: ['why', data.conversation_id] })
    if (noun === 'conversation') void queries.invalidateQueries({ queryKey: ['links'] })
  }
}

let boardDue = false

/** boardSoon has the board of who is there read again, if it is open: once a second at most. */
function boardSoon(queries: QueryClient): void {
  if (boardDue) return
  boardDue = true
  setTimeout(() => {
    boardDue = false
    void queries.invalidateQueries({ queryKey: ['board'] })
  }, 1_000)
}

function conversationEvent(name: string, data: Envelope): void {
  const id = data.conversation_id
  // Whether the reader follows it, only reading it tells.
  const unknown = id && data.object && !inbox.state.conversations.has(id)
  if (unknown && inbox.state.lists.get(inbox.state.shownKey)?.query.view === 'following')
    void loadConversation(id).catch(() => undefined)
  // What has just begun, nobody has pinned.
  if (unknown && name !== 'conversation.created' && mayBePinned(data.object as Conversation))
    void arrive(data.object as Conversation)
  else {
    inbox.change((state) => {
      if (data.object) putConversation(state, data.object as Conversation)
      else if (id && name === 'conversation.removed') dropConversation(state, id)
    })
    if (id && !data.object) depart(id)
  }
  // A conversation that was split has fewer messages than the page has of it.
  const known = id ? inbox.state.threads.get(id)?.items.at(-1)?.seq : undefined
  if (id && data.object && (known ?? 0) > (data.object as Conversation).seq) void loadThread(id)
  if (id) judgeSaved(id)
  loadCounts(1_000)
  loadSavedCounts(3_000)
}

/** joinedEvent has a talk read anew when a conversation has become part of it, or is so no longer. */
function joinedEvent(data: Envelope, queries: QueryClient): void {
  const one = data.object as Conversation | null | undefined
  if (!one) return
  for (const [queryKey, parts] of queries.getQueriesData<{ id: ID }[]>({ queryKey: ['joined'] })) {
    const part = parts?.some((known) => known.id === one.id) ?? false
    if (part !== (one.merged_into !== null) && (part || queryKey[1] === one.merged_into))
      void queries.invalidateQueries({ queryKey })
  }
}

function messageEvent(name: string, data: Envelope): void {
  const message = data.object as Message | null
  if (!message || name === 'message.removed') {
    const conversation = data.conversation_id ?? ''
    const id = message?.id ?? (typeof data.object_id === 'string' ? data.object_id : '')
    // Without its id nobody knows which one went: what is on the screen is read again.
    if (id) noticeRemoved(conversation, id, data.cause)
    if (id) inbox.change((state) => dropMessage(state, conversation, id))
    else if (inbox.state.threads.has(conversation)) void loadThread(conversation)
    return
  }
  let whole = true
  inbox.change((state) => {
    whole = putMessage(state, message)
    if (name === 'message.created') clearTyping(state, message)
  })
  if (name === 'message.created') noticeOwn(message)
  if (!whole) void loadThread(message.conversation_id)
}

/** movedEvent reads on a talk to which messages of another one have come, where the page has it. */
function movedEvent(data: Envelope): void {
  const conversation = data.object as Conversation | null
  if (!conversation) return
  inbox.change((state) => putConversation(state, conversation))
  if (inbox.state.threads.has(conversation.id)) void loadNewer(conversation.id)
}

function mark(what: 'typing' | 'viewing', data: Envelope): void {
  const about = (data.object ?? data) as Record<string, unknown>
  const conversation = String(about.conversation_id ?? data.conversation_id ?? '')
  const agent = String(about.agent_id ?? '')
  const kind = about.kind === 'note' || about.kind === 'visitor' ? about.kind : 'reply'
  if (!conversation || agent === inbox.state.me) return
  const key = kind === 'visitor' ? 'visitor' : agent
  const name = String(about.name ?? '')
  const text = String(about.text ?? '')
  if (about.gone === true) {
    inbox.change((state) => dropMark(state, key, conversation, what))
    return
  }
  const greets = what === 'viewing' && !inbox.state.marks.some((mark) => isOf(mark, key, conversation))
  inbox.change((state) => putMark(state, { key, conversation, what, kind, name, text }))
  // Who comes does not know yet who is here already.
  if (greets && conversation === inbox.state.openId && !document.hidden)
    conversations.viewing(conversation).catch(() => undefined)
}

const isOf = (mark: Mark, key: string, conversation: ID) =>
  mark.key === key && mark.conversation === conversation && mark.what === 'viewing'

/**
 * reload reads again what the screen shows. "hello" gives the position the stream starts
 * from: what was read before it may lack an event; "reset" means that events are gone.
 */
async function reload(queries: QueryClient, all: boolean): Promise<void> {
  const { lists, threads, openId } = inbox.state
  if (all) void queries.invalidateQueries()
  inbox.change((state) => {
    for (const id of threads.keys()) if (id !== openId) state.threads.delete(id)
  })
  const shown = lists.get(inbox.state.shownKey)
  const pins = shown && hasPins(shown.query) ? { ...shown.query, pinned: true } : undefined
  inbox.change((state) => {
    for (const key of lists.keys())
      if (key !== state.shownKey && key !== (pins && listKey(pins))) state.lists.delete(key)
  })
  await Promise.all([
    shown ? loadList(shown.query) : null,
    pins ? loadList(pins) : null,
    openId ? loadThread(openId) : null,
  ])
  loadCounts()
  loadSavedCounts()
}

/** refreshMentions reads the list of mentions again where it is on the screen: only the server knows what is in it. */
function refreshMentions(): void {
  const shown = inbox.state.lists.get(inbox.state.shownKey)
  if (shown?.query.view === 'mentions' && !shown.query.saved) void loadList(shown.query)
}
