import type { Blobs } from '../src/frame/blobs'
import { Chat } from '../src/frame/chat'
import { browserLock } from '../src/frame/lock'
import { browserStore, type Store } from '../src/frame/storage'
import type { ToLoader } from '../src/shared/protocol'
import type { FakeServer } from './server'

/** What stays in the browser when a page is left. */
export interface Browser {
  store: Store
  blobs: Blobs
}

export function memoryStore(): Store {
  // Refused storage falls back to memory, which is all a test needs.
  return browserStore(() => {
    throw new Error('refused')
  })
}

export function memoryBlobs(): Blobs {
  const files = new Map<string, Blob>()
  return {
    put: async (key, file) => void files.set(key, file),
    get: async (key) => files.get(key) ?? null,
    remove: async (key) => void files.delete(key),
  }
}

export function browser(): Browser {
  return { store: memoryStore(), blobs: memoryBlobs() }
}

/** A page with the chat on it, in a browser, before a server. */
export function page(
  server: FakeServer,
  kept: Browser = browser(),
): { chat: Chat; told: ToLoader[]; online: { now: boolean } } {
  const told: ToLoader[] = []
  const online = { now: true }
  const chat = new Chat({
    account: '7',
    language: 'en',
    store: kept.store,
    blobs: kept.blobs,
    lock: browserLock(),
    tell: (message) => told.push(message),
    fetch: server.fetch,
    online: () => online.now,
  })
  return { chat, told, online }
}
