/** Which threads stay in the store after they were read: the last ones, and those that something on the screen needs. */
import type { ID } from '#/api/types'
import type { InboxState, Thread } from './state'
import { forget } from './stretch'

/** How many threads are kept that nothing needs: who comes back to one of the last finds it at once. */
export const keptMost = 100

const held = new Map<ID, number>()

/** hold keeps threads that are shown as parts of another one; it returns how to let go of them. */
export function hold(ids: ID[]): () => void {
  for (const id of ids) held.set(id, (held.get(id) ?? 0) + 1)
  return () => {
    for (const id of ids) {
      const left = (held.get(id) ?? 0) - 1
      if (left > 0) held.set(id, left)
      else held.delete(id)
    }
  }
}

/** dropOldest lets go of what was read longest ago. What is open stays, what is being read, and where words wait to leave. */
export function dropOldest(state: InboxState): void {
  const idle = (id: ID, thread: Thread) =>
    id !== state.openId && !held.has(id) && thread.state !== 'loading' && thread.pending.length === 0
  const ids = [...state.threads].flatMap(([id, thread]) => (idle(id, thread) ? [id] : []))
  const gone = ids.slice(0, -keptMost)
  for (const id of gone) state.threads.delete(id)
  forget(state, gone)
}
