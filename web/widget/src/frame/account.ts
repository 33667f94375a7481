import type { Api } from './api'
import { Backoff } from './backoff'
import { asProblem } from './problem'
import type { Config } from './wire'

/** The account's public configuration, asked for until it is there or refused. */
export class Account {
  readonly #api: Api
  readonly #changed: () => void
  readonly #backoff = new Backoff()
  #config: Config | null = null
  #gone = false
  #asking = false

  constructor(api: Api, changed: () => void) {
    this.#api = api
    this.#changed = changed
  }

  get config(): Config | null {
    return this.#config
  }

  /** There is no such account (any more). */
  get gone(): boolean {
    return this.#gone
  }

  /** Asks, unless that is under way or done. */
  async load(): Promise<void> {
    if (this.#config || this.#asking) return
    this.#asking = true
    try {
      this.#config = await this.#api.config()
      this.#gone = false
    } catch (thrown) {
      const { kind, wait } = asProblem(thrown)
      if (kind === 'later') setTimeout(() => void this.load(), this.#backoff.next(wait))
      else this.#gone = true
    }
    this.#asking = false
    this.#changed()
  }
}
