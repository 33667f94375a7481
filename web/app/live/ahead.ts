import type { ID } from '#/api/types'
import { openThread } from './load'
import { inbox } from './store'

/**
 * readAhead reads a thread that somebody may be about to open; who opens it meanwhile waits for the same reading. Nothing
 * is asked for while the stream is not there to keep it up to date, nor what the page has or does not know any more.
 */
export async function readAhead(id: ID): Promise<void> {
  const { state } = inbox
  if (state.link !== 'open' || !state.conversations.has(id) || state.threads.has(id)) return
  await openThread(id)
  // Nobody has asked to see it: who opens it tries anew. Where words wait to leave somebody has.
  const thread = state.threads.get(id)
  if (thread?.state === 'error' && thread.pending.length === 0 && state.openId !== id)
    inbox.change(({ threads }) => threads.delete(id))
}
