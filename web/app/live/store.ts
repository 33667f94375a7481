import { useSyncExternalStore } from 'react'
import { emptyState, type InboxState } from './state'

/** Runs a callback once, soon: on the next frame, or on a timer while the tab is hidden. */
export type Schedule = (run: () => void) => void

const nextFrame: Schedule = (run) => {
  if (document.hidden) setTimeout(run, 100)
  else requestAnimationFrame(run)
}

/**
 * createStore holds a state that is changed in place and tells its listeners at most
 * once per frame, however many events a frame brings.
 */
export function createStore(schedule: Schedule = nextFrame) {
  const state = emptyState()
  const listeners = new Set<() => void>()
  let due = false

  function notify(): void {
    due = false
    for (const listener of listeners) listener()
  }

  return {
    state,
    change(change: (state: InboxState) => void): void {
      change(state)
      if (due) return
      due = true
      schedule(notify)
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** Forgets everything, for another person on the same page. */
    clear(): void {
      this.change((state) => Object.assign(state, emptyState()))
    },
  }
}

export type Store = ReturnType<typeof createStore>

/** The one inbox of this page. */
export const inbox = createStore()

/** useInbox selects a value that stays the same object until it changes. */
export function useInbox<T>(select: (state: InboxState) => T): T {
  return useSyncExternalStore(inbox.subscribe, () => select(inbox.state))
}
