import type { Conversation, Counts, ID, Message } from '#/api/types'
import type { ViewCount } from '#/api/views'
import type { ListQuery } from './lists'
import type { LinkState } from './stream'
import type { Cut } from './stretch'

export type LoadState = 'loading' | 'ready' | 'error'

/** A loaded stretch of one list; `next` is the cursor behind it, empty at the end. */
export interface List {
  query: ListQuery
  ids: ID[]
  next: string
  state: LoadState
  /** How many rows stand before the stretch, and the cursor to read them by; 0 and empty at the beginning. */
  before?: number
  prev?: string
  /** How many the server counted in all; nobody has asked where it is missing. */
  length?: number
  /** The pages that the stretch was read in. */
  cuts?: Cut[]
}

/** The end of a conversation as far back as it was read, and what is not released yet. */
export interface Thread {
  items: Message[]
  pending: Message[]
  /** Older messages exist before items[0]. */
  older: boolean
  state: LoadState
}

/** Somebody at work in a conversation right now; forgotten after `until`. */
export interface Mark {
  key: string
  conversation: ID
  what: 'typing' | 'viewing'
  kind: 'reply' | 'note' | 'visitor'
  name: string
  text: string
  until: number
}

/**
 * The inbox, normalised: every conversation once, lists hold ids. Maps are mutated in
 * place, the values inside are replaced, so a selector that returns a value is stable
 * until that very value changes.
 */
export interface InboxState {
  me: ID
  openId: ID | null
  /** The list on the screen; after a gap it alone is read again. */
  shownKey: string
  link: LinkState
  counts: Counts | null
  /** The numbers beside saved views, by view; null until somebody has asked. */
  savedCounts: Record<ID, ViewCount> | null
  conversations: Map<ID, Conversation>
  lists: Map<string, List>
  threads: Map<ID, Thread>
  marks: Mark[]
}

export function emptyState(): InboxState {
  return {
    me: '',
    openId: null,
    shownKey: '',
    link: 'connecting',
    counts: null,
    savedCounts: null,
    conversations: new Map(),
    lists: new Map(),
    threads: new Map(),
    marks: [],
  }
}
