import { asProblem } from './problem'

type State = 'delivered' | 'read'

/**
 * Tells the server what was shown and what was read. What could not be told is told when the network is back; what was
 * told once is not told again.
 */
export class Receipts {
  readonly #send: (id: string, state: State) => Promise<void>
  readonly #told = new Map<string, State>()
  readonly #due = new Map<string, State>()
  #running = false

  constructor(send: (id: string, state: State) => Promise<void>) {
    this.#send = send
  }

  /** Notes a receipt and sends it soon. Read includes delivered. */
  add(id: string, state: State): void {
    if (this.#told.get(id) === 'read' || this.#told.get(id) === state || this.#due.get(id) === 'read') return
    this.#due.set(id, state)
    void this.flush()
  }

  /** Sends what is due, oldest first, until it is done or the network fails. */
  async flush(): Promise<void> {
    if (this.#running) return
    this.#running = true
    try {
      for (let next = this.#first(); next; next = this.#first()) {
        const [id, state] = next
        try {
          await this.#send(id, state)
        } catch (thrown) {
          // A refused receipt (the message was erased) is not worth another attempt.
          if (asProblem(thrown).kind !== 'refused') return
        }
        this.#told.set(id, state)
        if (this.#due.get(id) === state) this.#due.delete(id)
      }
    } finally {
      this.#running = false
    }
  }

  /** Forgets all: another visitor, other messages. */
  clear(): void {
    this.#told.clear()
    this.#due.clear()
  }

  #first(): [string, State] | undefined {
    return this.#due.entries().next().value
  }
}
