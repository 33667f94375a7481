/** Pushes to this browser: its worker, its permission, its subscription. */
import { type AlertBrowser, alerts } from '#/api/alerts'

export type PushState = 'unsupported' | 'blocked' | 'off' | 'on'

/** pushState says whether this browser shows pushes. Browsers push over TLS and on this machine only. */
export async function pushState(): Promise<PushState> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window))
    return 'unsupported'
  if (Notification.permission === 'denied') return 'blocked'
  const worker = await navigator.serviceWorker.getRegistration('/')
  return (await worker?.pushManager.getSubscription()) ? 'on' : 'off'
}

/** subscribe asks the person and the browser; null when either says no. */
export async function subscribe(): Promise<AlertBrowser | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null
  await navigator.serviceWorker.register('/sw.js')
  const worker = await navigator.serviceWorker.ready
  const { key } = await alerts.key()
  await (await worker.pushManager.getSubscription())?.unsubscribe() // it may be of another key or person
  const subscription = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(key),
  })
  return alerts.subscribe(subscription.toJSON())
}

/** unsubscribe has this browser show none any more. */
export async function unsubscribe(): Promise<void> {
  const worker = await navigator.serviceWorker.getRegistration('/')
  await (await worker?.pushManager.getSubscription())?.unsubscribe()
}

/** bytesOf reads base64url. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
}

/** followPushes opens what somebody pressed a notification for in this tab; it returns how to stop. */
export function followPushes(open: (path: string) => void): () => void {
  const heard = (event: MessageEvent) => {
    const told = event.data as { kind?: string; path?: string } | null
    if (told?.kind === 'open' && told.path?.startsWith('/')) open(told.path)
  }
  navigator.serviceWorker?.addEventListener('message', heard)
  return () => navigator.serviceWorker?.removeEventListener('message', heard)
}
