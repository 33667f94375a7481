import type { Message } from './wire'

/** How far a message has come; a receipt that arrives late never takes a mark back. */
const RANK: Record<string, number> = { received: 1, queued: 0, sending: 0, sent: 1, delivered: 2, read: 3 }

/** The rank of a state, for marks: 0 under way, 1 sent, 2 delivered, 3 read. */
export function rank(state: string): number {
  return RANK[state] ?? 1
}

/** The confirmed messages, in the order of the server. */
export class Thread {
  #messages: readonly Message[] = []

  /** All messages; a new array after every change, so that views can compare. */
  get messages(): readonly Message[] {
    return this.#messages
  }

  /** The id to ask for newer messages after; empty for all. */
  get last(): string {
    return this.#messages.at(-1)?.id ?? ''
  }

  /** Adds messages or replaces the ones known; true for each one that was new. */
  merge(messages: readonly Message[]): Message[] {
    const next = [...this.#messages]
    const added: Message[] = []
    for (const message of messages) {
      const at = next.findIndex((known) => known.id === message.id)
      const known = next[at]
      if (!known) {
        next.push(message)
        added.push(message)
      } else next[at] = rank(message.state) < rank(known.state) ? { ...message, state: known.state } : message
    }
    this.#messages = next
    return added
  }

  /** Whether the server has confirmed the message written with this client id. */
  has(clientId: string): boolean {
    return this.#messages.some((message) => message.client_id === clientId)
  }

  /** Agent's messages that the visitor has not read. */
  unread(): Message[] {
    return this.#messages.filter(
      (message) => message.direction === 'outbound' && !message.deleted && rank(message.state) < 3,
    )
  }

  /** Notes what the visitor did with a message, before the server says so. */
  mark(id: string, state: 'delivered' | 'read'): void {
    this.#messages = this.#messages.map((message) =>
      message.id === id && rank(message.state) < rank(state) ? { ...message, state } : message,
    )
  }

  clear(): void {
    this.#messages = []
  }
}
