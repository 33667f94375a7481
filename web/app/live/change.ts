/** The ways the inbox state changes. Each is idempotent: an event may come twice. */
import type { Conversation, ID, Message } from '#/api/types'
import { matches, place, prune } from './lists'
import type { InboxState, Mark, Thread } from './state'

export function putConversation(state: InboxState, next: Conversation): void {
  const value = keep(state, next)
  if (value) placeEverywhere(state, value)
}

/**
 * putPage takes in what the server answered for one list. The server has put them into
 * their places there; only what is known better here is placed anew.
 */
export function putPage(state: InboxState, items: Conversation[], key: string): void {
  for (const next of items) {
    const value = keep(state, next)
    if (value) placeEverywhere(state, value, key)
    else placeEverywhere(state, state.conversations.get(next.id) ?? next)
  }
}

/** keep stores a conversation unless a newer one is known. */
function keep(state: InboxState, next: Conversation): Conversation | null {
  const old = state.conversations.get(next.id)
  if (old && old.updated_at !== next.updated_at && Date.parse(old.updated_at) > Date.parse(next.updated_at))
    return null
  // Only reading one conversation tells who takes part in it; lists and events do not.
  const participants = next.participants ?? old?.participants
  const clocks = old && clocksMoved(old) > clocksMoved(next) && { clocks: old.clocks, due_at: old.due_at }
  const value = {
    ...next,
    ...clocks,
    read_seq: Math.max(next.read_seq ?? 0, old?.read_seq ?? 0),
    participants,
    // What is the reader's alone, events do not tell.
    pinned: next.pinned ?? old?.pinned ?? null,
    following: next.following ?? old?.following ?? null,
  }
  state.conversations.set(next.id, value)
  return value
}

/**
 * clocksMoved is when a conversation's clocks were changed last. They follow it a moment
 * later, so an answer to a change may lack what an event has told already.
 */
function clocksMoved(conversation: Conversation): number {
  return Math.max(0, ...conversation.clocks.map((clock) => Date.parse(clock.updated_at)))
}

/** editConversation is a local, optimistic change; the server's answer overwrites it. */
export function editConversation(state: InboxState, id: ID, change: Partial<Conversation>): void {
  const old = state.conversations.get(id)
  if (!old) return
  const value = { ...old, ...change }
  state.conversations.set(id, value)
  placeEverywhere(state, value)
}

export function dropConversation(state: InboxState, id: ID): void {
  state.conversations.delete(id)
  state.threads.delete(id)
  for (const [key, list] of state.lists) {
    if (list.ids.includes(id))
      state.lists.set(key, { ...list, ids: list.ids.filter((other) => other !== id) })
  }
}

export function openConversation(state: InboxState, id: ID | null): void {
  if (state.openId === id) return
  state.openId = id
  for (const [key, list] of state.lists) state.lists.set(key, prune(state, list))
}

/** settle puts into their places in one list what the server has judged: of those asked, the found ones belong there. */
export function settle(state: InboxState, key: string, asked: ID[], found: Set<ID>): void {
  for (const id of asked) {
    const list = state.lists.get(key)
    const conversation = state.conversations.get(id)
    if (!list || !conversation) continue
    const fits = found.has(id) && matches(conversation, list.query, state.me) !== false
    state.lists.set(key, place(state, list, conversation, fits))
  }
}

function placeEverywhere(state: InboxState, conversation: Conversation, except?: string): void {
  for (const [key, list] of state.lists) {
    if (key === except) continue
    if (list.state !== 'loading' || list.ids.length > 0)
      state.lists.set(key, place(state, list, conversation))
  }
}

/** putMessage returns false when messages before it are missing, so the thread must be read again. */
export function putMessage(state: InboxState, message: Message): boolean {
  const thread = state.threads.get(message.conversation_id)
  if (thread?.state !== 'ready') return true
  const last = thread.items.at(-1)?.seq ?? 0
  state.threads.set(message.conversation_id, mergeMessages(thread, [message]))
  if (message.seq === null) return true
  const conversation = state.conversations.get(message.conversation_id)
  if (conversation && message.seq > conversation.seq && message.kind !== 'system') {
    const text = message.text.slice(0, 200)
    editConversation(state, conversation.id, {
      seq: message.seq,
      ...(message.kind === 'message' && {
        last_message: { text, direction: message.direction, at: message.created_at },
        ...(message.direction === 'outbound' && { trouble: undefined }),
      }),
    })
  }
  return message.seq <= last + 1
}

export function dropMessage(state: InboxState, conversation: ID, id: ID): void {
  const thread = state.threads.get(conversation)
  if (!thread) return
  const keep = (message: Message) => message.id !== id && message.client_id !== id
  state.threads.set(conversation, {
    ...thread,
    items: thread.items.filter(keep),
    pending: thread.pending.filter(keep),
  })
}

/** mergeMessages adds or replaces by id; a message just written here gives way to the stored one. */
export function mergeMessages(thread: Thread, incoming: Message[]): Thread {
  const ids = new Set(incoming.map((message) => message.id))
  const clients = new Set(incoming.map((message) => message.client_id).filter(Boolean))
  const old = (message: Message) =>
    !ids.has(message.id) && !(message.client_id && clients.has(message.client_id))
  const released = incoming.filter((message) => message.seq !== null)
  const items = [...thread.items.filter(old), ...released]
  items.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))
  const pending = [...thread.pending.filter(old), ...incoming.filter((message) => message.seq === null)]
  return { ...thread, items, pending }
}

const markLife = { typing: 6_000, viewing: 45_000 }

export function putMark(state: InboxState, mark: Omit<Mark, 'until'>, now = Date.now()): void {
  const others = state.marks.filter((other) => other.key !== mark.key || other.what !== mark.what)
  state.marks = [...others, { ...mark, until: now + markLife[mark.what] }]
}

/** dropMark forgets that somebody does what they have stopped doing; who looks no more writes no more. */
export function dropMark(state: InboxState, key: string, conversation: ID, what: Mark['what']): void {
  state.marks = state.marks.filter(
    (mark) =>
      mark.key !== key || mark.conversation !== conversation || (what === 'typing' && mark.what !== what),
  )
}

export function expireMarks(state: InboxState, now = Date.now()): void {
  const kept = state.marks.filter((mark) => mark.until > now)
  if (kept.length !== state.marks.length) state.marks = kept
}

/** clearTyping ends a "typing" line when what was typed has arrived. */
export function clearTyping(state: InboxState, message: Message): void {
  const kept = state.marks.filter(
    (mark) =>
      mark.what !== 'typing' ||
      mark.conversation !== message.conversation_id ||
      (message.direction === 'inbound') !== (mark.kind === 'visitor'),
  )
  if (kept.length !== state.marks.length) state.marks = kept
}
