/**
 * What the loader (in the shop's page) and the frame (in our iframe) say to each other.
 * Both sides check the origin and the source of every message before they look inside.
 */

/** Marks our messages among all others that a page receives. */
export const MARK = 'parley'

/** A signed-in customer of the site; `hash` is made by the site's own server. */
export interface Identity {
  id: string
  name?: string
  email?: string
  hash: string
}

/** What the loader knows about the visit and the frame cannot see by itself. */
export interface Visit {
  page: string
  landing: string
  referrer: string
}

/** Loader to frame. */
export type ToFrame =
  | { type: 'init'; visit: Visit; open: boolean; identity?: Identity | null }
  | { type: 'open'; open: boolean }
  | { type: 'identify'; identity: Identity | null }

/** Frame to loader. */
export type ToLoader =
  | { type: 'ready' }
  | { type: 'close' }
  | { type: 'unread'; count: number }
  | { type: 'message' }
  | { type: 'kept' }
  | { type: 'error'; code: string }

/** Wire form: the mark carries the message. */
export type Envelope<T> = { [MARK]: T }

/**
 * The message inside a `MessageEvent`, or null when it did not come from the one window and the one
 * origin we talk to, or is not ours.
 */
export function receive<T extends { type: string }>(
  event: { origin: string; source: unknown; data: unknown },
  origin: string,
  source: unknown,
): T | null {
  if (event.origin !== origin || event.source !== source || !source) return null
  const inner = (event.data as Partial<Envelope<T>> | null)?.[MARK]
  return inner && typeof inner.type === 'string' ? inner : null
}
