import type { Backoff } from './backoff'
import { asProblem } from './problem'
import { EventParser, type ServerEvent } from './sse'

/** What the stream needs; `open` answers with the response of one connection or throws a Problem. */
export interface StreamParts {
  open: (last: string, signal: AbortSignal) => Promise<Response>
  backoff: Backoff
  onEvent: (event: ServerEvent) => void
  /** Connected; `resumed` when the server was given a place to go on from, so that nothing is missing. */
  onUp: (resumed: boolean) => void
  onDown: () => void
  /** The token is not known: the stream has stopped and must be started with another. */
  onAuth: () => void
}

/** The server writes a comment every 15 s; a line silent for three times that is dead. */
const SILENCE = 45_000

/**
 * A stream of events that is kept up: read through `fetch`, because EventSource cannot carry a token outside the
 * address. It reconnects with growing pauses and goes on after the last event it saw.
 */
export class Stream {
  readonly #p: StreamParts
  #last = ''
  #abort: AbortController | null = null
  #wake: (() => void) | null = null

  constructor(parts: StreamParts) {
    this.#p = parts
  }

  get running(): boolean {
    return this.#abort !== null
  }

  /** Starts, if it is not running. */
  start(): void {
    if (this.#abort) return
    const abort = new AbortController()
    this.#abort = abort
    void this.#run(abort)
  }

  /** Stops; a later start goes on from the same place. */
  stop(): void {
    this.#abort?.abort()
    this.#abort = null
    this.#wake?.()
  }

  /** Stops and forgets the place: the next start belongs to somebody else. */
  reset(): void {
    this.stop()
    this.#last = ''
  }

  /** Ends a pause early: the network is back. */
  kick(): void {
    this.#p.backoff.reset()
    this.#wake?.()
  }

  async #run(abort: AbortController): Promise<void> {
    while (!abort.signal.aborted) {
      let asked = 0
      try {
        await this.#connection(abort.signal)
      } catch (thrown) {
        if (abort.signal.aborted) return
        const problem = asProblem(thrown)
        if (problem.kind === 'auth') {
          this.reset()
          this.#p.onAuth()
          return
        }
        asked = problem.wait
      }
      if (abort.signal.aborted) return
      this.#p.onDown()
      await this.#pause(this.#p.backoff.next(asked))
    }
  }

  /** One connection from its opening to its end. */
  async #connection(outer: AbortSignal): Promise<void> {
    const inner = new AbortController()
    const end = (): void => inner.abort()
    outer.addEventListener('abort', end)
    let alarm = setTimeout(end, SILENCE)
    try {
      const resumed = this.#last !== ''
      const response = await this.#p.open(this.#last, inner.signal)
      if (!response.body) throw new Error('no body')
      this.#p.onUp(resumed)
      const parser = new EventParser()
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        clearTimeout(alarm)
        alarm = setTimeout(end, SILENCE)
        this.#p.backoff.reset()
        for (const event of parser.push(value)) this.#take(event)
      }
    } finally {
      clearTimeout(alarm)
      outer.removeEventListener('abort', end)
      inner.abort()
    }
  }

  #take(event: ServerEvent): void {
    // After a reset the old place means nothing; the new one comes with it, if there is one.
    if (event.id !== null || event.event === 'reset') this.#last = event.id ?? ''
    this.#p.onEvent(event)
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms)
      const wake = done
      const stream = this
      function done(): void {
        clearTimeout(timer)
        if (stream.#wake === wake) stream.#wake = null
        resolve()
      }
      this.#wake = wake
    })
  }
}
