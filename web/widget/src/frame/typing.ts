/** An agent who stopped typing without a word is forgotten after this long; the server repeats every few seconds. */
const SHOWN = 6_000
/** At most one "the visitor is typing" in this time. */
const SENT = 3_000

/** Who is typing, in both directions. */
export class Typing {
  readonly #changed: () => void
  #name: string | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #told = Number.NEGATIVE_INFINITY

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** The agent who is typing; empty for one without a name, null for nobody. */
  get name(): string | null {
    return this.#name
  }

  /** An agent types, or (null) has stopped. */
  show(name: string | null): void {
    clearTimeout(this.#timer)
    this.#name = name
    if (name !== null) this.#timer = setTimeout(() => this.show(null), SHOWN)
    this.#changed()
  }

  /** Whether it is time to tell the server that the visitor types. */
  due(now: number): boolean {
    if (now - this.#told < SENT) return false
    this.#told = now
    return true
  }
}
