import { MARK, receive, type ToFrame, type ToLoader } from '../shared/protocol'

/** The window as far as the host needs it; tests pass their own. */
export interface Surroundings {
  parent: { postMessage(message: unknown, origin: string): void }
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
}

/**
 * The page around the frame. Until it has introduced itself it gets nothing but "ready"; from then on its origin is
 * fixed, and messages go to that origin and come from it alone. (Which sites may embed us at all is the server's word:
 * frame-ancestors.)
 */
export class Host {
  readonly #window: Surroundings
  #origin = ''

  constructor(surroundings: Surroundings, take: (message: ToFrame) => void) {
    this.#window = surroundings
    surroundings.addEventListener('message', (event) => {
      const message = receive<ToFrame>(event, this.#origin || event.origin, surroundings.parent)
      if (!message) return
      if (!this.#origin) {
        // An opaque origin ("null") cannot be addressed, so such a page cannot be answered safely.
        if (message.type !== 'init' || !/^https?:/.test(event.origin)) return
        this.#origin = event.origin
      }
      take(message)
    })
  }

  /** Says that the frame listens. It holds no secret, so any parent may hear it. */
  ready(): void {
    this.#window.parent.postMessage({ [MARK]: { type: 'ready' } satisfies ToLoader }, '*')
  }

  /** Tells the page something; before it has introduced itself, nothing is told. */
  tell(message: ToLoader): void {
    if (this.#origin) this.#window.parent.postMessage({ [MARK]: message }, this.#origin)
  }
}
