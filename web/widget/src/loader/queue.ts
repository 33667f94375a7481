import type { Identity } from '../shared/protocol'

/** What a site may listen to: `parley.on('unread', n => …)`. */
export type EventName = 'ready' | 'open' | 'close' | 'unread' | 'message' | 'error'

/** Called with the unread count for `unread`, the error's code for `error`, otherwise with nothing. */
export type Listener = (value?: number | string) => void

/** `window.parley`. */
export interface Parley {
  open(): void
  close(): void
  /** Tells who the visitor is; null signs them out. */
  identify(who: Identity | null): void
  on(event: EventName, listener: Listener): void
  /** The early-call style: `(window.parley = window.parley || []).push(['open'])`. */
  push(...calls: unknown[][]): void
}

/**
 * Carries out what the page asked for before the script arrived, then keeps answering to `push`. A call that does not
 * exist or throws is skipped: a slip in one call of the page must not lose the others.
 */
export function adopt(early: unknown, methods: Omit<Parley, 'push'>): Parley {
  const run = (call: unknown): void => {
    if (!Array.isArray(call)) return
    const [name, ...args] = call
    try {
      if (Object.hasOwn(methods, name))
        (methods as unknown as Record<string, (...a: unknown[]) => void>)[name]?.(...args)
    } catch (error) {
      console.warn('parley', error)
    }
  }
  const parley = { ...methods, push: (...calls: unknown[][]) => calls.forEach(run) }
  if (Array.isArray(early)) early.forEach(run)
  return parley
}
