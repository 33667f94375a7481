/** Growing pauses between attempts, half of each random, so that a thousand chats do not come back in one instant. */
export class Backoff {
  #tries = 0
  readonly #first: number
  readonly #longest: number
  readonly #random: () => number

  constructor(first = 1000, longest = 30_000, random: () => number = Math.random) {
    this.#first = first
    this.#longest = longest
    this.#random = random
  }

  /** Milliseconds to wait before the next attempt; at least `asked`, which the server may have demanded. */
  next(asked = 0): number {
    const full = Math.min(this.#longest, this.#first * 2 ** this.#tries)
    this.#tries = Math.min(this.#tries + 1, 30)
    return Math.max(asked, full / 2 + (full / 2) * this.#random())
  }

  /** After a success the next pause is short again. */
  reset(): void {
    this.#tries = 0
  }
}
