/** Parley as a program of its own: its worker, and the browser's offer to install it. */
import { useSyncExternalStore } from 'react'

/** What Chromium hands over instead of showing its own offer. */
interface Offer extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

/**
 * How this browser installs pages: it is done, it asks when we say so, by its share menu (iOS),
 * or by something in its own menu.
 */
export type Installing = 'done' | 'offered' | 'share' | 'menu'

let offer: Offer | null = null
const listeners = new Set<() => void>()

function tell(next: Offer | null): void {
  offer = next
  for (const listener of listeners) listener()
}

/** watchInstall keeps the browser's offer for the settings, where it waits until somebody wants it. */
export function watchInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    tell(event as Offer)
  })
  addEventListener('appinstalled', () => tell(null))
}

/** keepShell has the worker keep the page for when there is no connection; it is in no hurry. */
export function keepShell(): void {
  const register = () => navigator.serviceWorker?.register('/sw.js').catch(() => undefined)
  if ('requestIdleCallback' in window) requestIdleCallback(() => void register(), { timeout: 10_000 })
  else setTimeout(register, 3_000)
}

/** installing says how this browser would install the page. */
export function installing(agent = navigator.userAgent, touches = navigator.maxTouchPoints): Installing {
  if (standalone()) return 'done'
  if (offer) return 'offered'
  // iPads call themselves Macs; no Mac has a touch screen.
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touches > 1)) return 'share'
  return 'menu'
}

export function useInstalling(): Installing {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => installing(),
  )
}

/** install shows the browser's own question; an offer can be used once. */
export async function install(): Promise<void> {
  const asked = offer
  tell(null)
  await asked?.prompt()
}

function standalone(): boolean {
  return (
    matchMedia('(display-mode: standalone)').matches ||
    ('standalone' in navigator && navigator.standalone === true)
  )
}
