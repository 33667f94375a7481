import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { type Changing, requests } from '#/api/records'
import type { Conversation, ID, Inquiry } from '#/api/types'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { changeConversation, errorText } from './actions'

const active = (request: Inquiry): boolean => request.status === 'open' || request.status === 'pending'

/**
 * useClose closes a conversation. Its request goes on by itself, for it may wait for more than this answer; so whoever
 * closes is told that it is open, and can resolve it there and then.
 */
export function useClose(): (conversation: Conversation) => void {
  const queries = useQueryClient()
  return (conversation) => {
    const asked = conversation.request_id ? requests.get(conversation.request_id) : Promise.resolve(null)
    // A request that cannot be seen is no reason not to close.
    const request = asked.catch(() => null)
    void changeConversation(conversation.id, { status: 'closed' }, async (undo) => {
      const found = await request
      if (!found || !active(found)) say(t('act.closed'), { undo })
      else
        say(t('act.requestOpen'), {
          undo,
          offer: { name: t('act.resolve'), run: () => void resolve(found.id, queries) },
        })
    })
  }
}

/** useStays tells who closes a conversation by an answer that its request goes on, if it does. */
export function useStays(): (conversation: Conversation) => Promise<void> {
  const queries = useQueryClient()
  return async ({ request_id }) => {
    const found = request_id ? await requests.get(request_id).catch(() => null) : null
    if (!found || !active(found)) return
    say(t('act.requestStays'), {
      offer: { name: t('act.resolve'), run: () => void resolve(found.id, queries) },
    })
  }
}

/** Of how many conversations closed at once the requests are asked for; of more it would take too many calls. */
const mostAsked = 30

/** sayStays tells who has closed many conversations how many of their requests are still open. */
export async function sayStays(closed: Conversation[]): Promise<void> {
  const ids = [...new Set(closed.flatMap(({ request_id }) => request_id ?? []))].slice(0, mostAsked)
  const found = await Promise.all(ids.map((id) => requests.get(id).catch(() => null)))
  const n = found.filter((one) => one && active(one)).length
  if (n > 0) say(t('bulk.requestsOpen', { n }))
}

/** resolve sets a request to resolved and says so; undone, it is as it was. */
export async function resolve(id: ID, queries: QueryClient): Promise<void> {
  try {
    const before = await requests.get(id)
    await set({ status: 'resolved', was: { status: before.status } })
    say(t('request.resolved', { number: before.number }), {
      undo: () => void set({ status: before.status, was: { status: 'resolved' } }).catch(complain),
    })
  } catch (error) {
    complain(error)
  }

  async function set(change: Changing<Inquiry>): Promise<void> {
    const stored = await requests.update(id, change)
    queries.setQueryData(['requests', id], stored)
    await queries.invalidateQueries({ queryKey: ['requests'] })
  }
}

function complain(error: unknown): void {
  say(errorText(error), { tone: 'error' })
}
