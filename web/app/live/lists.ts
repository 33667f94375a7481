import type { Query } from '#/api/http'
import type { Conversation, ID, Status } from '#/api/types'
import type { InboxState, List } from './state'

export type View =
  | 'unanswered'
  | 'mine'
  | 'unassigned'
  | 'all'
  | 'following'
  | 'mentions'
  | 'snoozed'
  | 'spam'
export type Sort = 'newest' | 'oldest' | 'due'
export type StatusFilter = 'open' | 'snoozed' | 'closed' | 'any'

/** What a list shows. It lives in the address, so that a filter can be kept as a bookmark. */
export interface ListQuery {
  view: View
  /** A saved view in place of `view`; `order` is its own, where the query says none. */
  saved?: ID
  order?: Sort
  status?: StatusFilter
  account?: ID
  team?: ID
  label?: ID
  unread?: boolean
  q?: string
  sort?: Sort
  /** Only what the reader pinned, which stands above the rest of the list. */
  pinned?: boolean
}

/** Pins stand above every list but that of spam. */
export const hasPins = (query: ListQuery): boolean => query.saved !== undefined || query.view !== 'spam'

const statuses: Record<StatusFilter, Status[]> = {
  open: ['open', 'pending'],
  snoozed: ['snoozed'],
  closed: ['closed'],
  any: [],
}

export function listKey(query: ListQuery): string {
  const { view, saved, status, account, team, label, unread, q, sort, order, pinned } = query
  return JSON.stringify([saved ?? view, status, account, team, label, unread, q, sort ?? order, pinned])
}

/** Whether a list says by itself which statuses it shows, so that none can be chosen. */
export const ownStatus = ({ view, saved }: ListQuery): boolean =>
  !saved && (view === 'snoozed' || view === 'spam')

/** A saved view says itself which statuses it shows. */
export function statusOf(query: ListQuery): StatusFilter {
  if (ownStatus(query)) return query.view === 'snoozed' ? 'snoozed' : 'any'
  return query.status ?? (query.saved ? 'any' : 'open')
}

const sortOf = (query: ListQuery): Sort => query.sort ?? query.order ?? 'newest'

export function listParams(query: ListQuery): Query {
  const view = query.saved ? 'all' : query.view
  return {
    view: query.saved,
    assignee: view === 'mine' ? 'me' : view === 'unassigned' ? 'none' : undefined,
    unanswered: view === 'unanswered' ? true : undefined,
    following: view === 'following' ? true : undefined,
    mentioned: view === 'mentions' ? true : undefined,
    spam: view === 'spam' ? true : undefined,
    // As a word: what is false is left out of an address.
    pinned: hasPins(query) ? String(query.pinned === true) : undefined,
    status: view === 'spam' ? undefined : statuses[statusOf(query)].join(','),
    account: query.account,
    team: query.team,
    label: query.label,
    unread: query.unread,
    q: query.q,
    sort: query.sort,
    limit: 50,
  }
}

/** matches decides locally what the server would; a text search and a saved view it cannot judge. */
export function matches(conversation: Conversation, query: ListQuery, me: ID): boolean | undefined {
  if (conversation.merged_into) return false
  const view = query.saved ? 'all' : query.view
  if (view === 'mine' && conversation.assignee_id !== me) return false
  if (view === 'unassigned' && conversation.assignee_id !== null) return false
  if (view === 'unanswered' && !conversation.unanswered) return false
  if (!conversation.spam === (view === 'spam')) return false
  if (view === 'following' && !conversation.following) return false
  if (hasPins(query) && !conversation.pinned === (query.pinned === true)) return false
  const allowed = statuses[statusOf(query)]
  if (allowed.length > 0 && !allowed.includes(conversation.status)) return false
  if (query.account && conversation.account_id !== query.account) return false
  if (query.team && conversation.team_id !== query.team) return false
  if (query.label && !conversation.labels.includes(query.label)) return false
  if (query.unread && conversation.seq <= (conversation.read_seq ?? 0)) return false
  return query.q || query.saved || view === 'mentions' ? undefined : true
}

function rank(conversation: Conversation, sort: Sort): number {
  if (sort === 'newest') return -activity(conversation)
  if (sort === 'due' && conversation.due_at) return Date.parse(conversation.due_at)
  const waiting = Date.parse(conversation.waiting_since ?? '') || Number.MAX_SAFE_INTEGER
  return sort === 'due' ? Number.MAX_SAFE_INTEGER / 2 + waiting / 2 : waiting
}

/** Parsing a date costs more than all else here; a conversation that changes is another object. */
const activities = new WeakMap<Conversation, number>()

function activity(conversation: Conversation): number {
  const known = activities.get(conversation)
  if (known !== undefined) return known
  const at = Date.parse(conversation.last_message?.at ?? conversation.created_at)
  activities.set(conversation, at)
  return at
}

/**
 * firstBehind finds where a rank belongs in an ordered list, in few steps however long it
 * is. The open conversation may stand out of order; it is never what a step is judged by.
 */
function firstBehind(state: InboxState, ids: ID[], sort: Sort, mine: number): number {
  let low = 0
  let high = ids.length
  while (low < high) {
    let middle = (low + high) >> 1
    if (ids[middle] === state.openId) middle = middle > low ? middle - 1 : middle + 1
    if (middle >= high) break
    const other = state.conversations.get(ids[middle] ?? '')
    if (other !== undefined && rank(other, sort) > mine) high = middle
    else low = middle + 1
  }
  return low
}

/** stays tells whether the hand is on a conversation that stopped matching; a pinned one stands above. */
function stays(state: InboxState, { query }: List, { id, pinned }: Conversation): boolean {
  return id === state.openId && (!hasPins(query) || !pinned === !query.pinned)
}

/**
 * place puts a changed conversation where it belongs in one list, or takes it out. The
 * open conversation stays where it is although it stopped matching: a list must not
 * pull the row from under the hand that answers it. Whoever knows better than the page
 * whether it fits says so.
 */
export function place(
  state: InboxState,
  list: List,
  conversation: Conversation,
  fits = matches(conversation, list.query, state.me),
): List {
  const index = list.ids.indexOf(conversation.id)
  if (fits === undefined) return list
  if (!fits) {
    if (index < 0 || stays(state, list, conversation)) return list
    return { ...list, ids: list.ids.toSpliced(index, 1) }
  }
  const sort = sortOf(list.query)
  const others = index < 0 ? list.ids : list.ids.toSpliced(index, 1)
  const at = firstBehind(state, others, sort, rank(conversation, sort))
  // Before the loaded stretch: it is known where it is not, and no more.
  if (at === 0 && (list.before ?? 0) > 0) {
    if (index <= 0 || conversation.id === state.openId) return list
    return { ...list, ids: others, before: (list.before ?? 0) + 1 }
  }
  // Behind everything loaded: only known to be next when nothing else is to come.
  if (at === others.length && list.next !== '' && index < 0) return list
  if (at === index) return list
  return { ...list, ids: others.toSpliced(at, 0, conversation.id) }
}

/** prune drops what stayed only because it was open. */
export function prune(state: InboxState, list: List): List {
  const ids = list.ids.filter((id) => {
    const conversation = state.conversations.get(id)
    return (
      !conversation ||
      stays(state, list, conversation) ||
      matches(conversation, list.query, state.me) !== false
    )
  })
  return ids.length === list.ids.length ? list : { ...list, ids }
}
