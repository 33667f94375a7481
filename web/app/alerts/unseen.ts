/**
 * What came while nobody looked. Every tab of the browser counts, and whichever is looked at
 * first lets all of them forget.
 */
import { useSyncExternalStore } from 'react'
import { ring } from './sound'

/** What the live stream tells of. */
export interface Notification {
  id: string
  kind: string
  badge: boolean
  sound: boolean
}

let unseen = 0
/** The last ids that were heard of: after a broken connection the stream may tell again. */
let known: string[] = []
const listeners = new Set<() => void>()
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('parley-seen')

function set(next: number): void {
  if (next === unseen) return
  unseen = next
  for (const tell of listeners) tell()
}

/** looking tells whether somebody has this page before them. */
function looking(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus()
}

/** hear takes a notification in: it sounds once in all tabs, and counts where nobody looks. */
export function hear(notification: Notification): void {
  if (known.includes(notification.id)) return
  known = [...known.slice(-99), notification.id]
  if (notification.sound) void ring(notification.id)
  if (notification.badge && !looking()) set(unseen + 1)
}

/** watchLooks forgets what was unseen as soon as somebody looks; it returns how to stop. */
export function watchLooks(): () => void {
  const seen = () => {
    if (!looking() || unseen === 0) return
    set(0)
    tabs?.postMessage('seen')
  }
  const elsewhere = () => set(0)
  addEventListener('focus', seen)
  document.addEventListener('visibilitychange', seen)
  tabs?.addEventListener('message', elsewhere)
  return () => {
    removeEventListener('focus', seen)
    document.removeEventListener('visibilitychange', seen)
    tabs?.removeEventListener('message', elsewhere)
  }
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

export function useUnseen(): number {
  return useSyncExternalStore(subscribe, () => unseen)
}
