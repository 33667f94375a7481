import { createParser, type Frame } from './sse'

export interface LiveEvent {
  event: string
  id: string
  data: unknown
}

export type LinkState = 'connecting' | 'open' | 'lost'

export interface StreamOptions {
  /** Opens the request; the signal ends it. */
  open: (lastId: string, signal: AbortSignal) => Promise<Response>
  onEvent: (event: LiveEvent) => void
  onState: (state: LinkState) => void
  onSignedOut: () => void
  /** Delay before attempt n, n from 0. */
  backoff?: (attempt: number) => number
  /** With no byte for this long the link counts as dead; the server beats every 15 s. */
  silence?: number
}

/** A connection that keeps itself alive and resumes after the last id it has handed over. */
export interface Stream {
  /** Where to resume; a follower that becomes the leader passes on what it has heard. */
  start: (lastId: string) => void
  /** Connects at once: the network came back, or the machine woke up. */
  nudge: () => void
  lost: () => void
  stop: () => void
}

const defaultBackoff = (attempt: number) => Math.min(15_000, 500 * 2 ** attempt) * (0.7 + Math.random() * 0.6)

/**
 * createStream reads events with fetch rather than EventSource: it sees the heartbeat,
 * so a dead link is noticed, it sees 401, and it takes any event name.
 */
export function createStream(options: StreamOptions): Stream {
  const backoff = options.backoff ?? defaultBackoff
  const silence = options.silence ?? 40_000
  let lastId = ''
  let attempt = 0
  let running = false
  let request: AbortController | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let watchdog: ReturnType<typeof setTimeout> | undefined

  function frame(value: Frame): void {
    if (value.comment) return
    const data = parse(value.data)
    if (data === undefined && value.data !== '') return
    if (value.id) lastId = value.id
    options.onEvent({ event: value.event, id: value.id, data })
  }

  async function connect(): Promise<void> {
    clearTimeout(retry)
    request?.abort()
    const mine = new AbortController()
    request = mine
    options.onState('connecting')
    watch()
    try {
      const response = await options.open(lastId, mine.signal)
      if (response.status === 401) {
        stop()
        options.onSignedOut()
        return
      }
      if (!response.ok || !response.body) throw new Error(`events answered ${response.status}`)
      attempt = 0
      options.onState('open')
      await read(response.body)
    } catch {
      // Every failure ends the same way: wait, then resume from the last id.
    }
    if (running && request === mine) again()
  }

  async function read(body: ReadableStream<Uint8Array>): Promise<void> {
    const parse = createParser(frame)
    const decoder = new TextDecoder()
    const reader = body.getReader()
    for (;;) {
      watch()
      const { done, value } = await reader.read()
      if (done) return
      parse(decoder.decode(value, { stream: true }))
    }
  }

  function watch(): void {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => request?.abort(), silence)
  }

  function again(): void {
    clearTimeout(watchdog)
    options.onState('lost')
    retry = setTimeout(connect, backoff(attempt))
    attempt += 1
  }

  function stop(): void {
    running = false
    clearTimeout(retry)
    clearTimeout(watchdog)
    request?.abort()
  }

  return {
    start(from) {
      running = true
      lastId = from
      void connect()
    },
    nudge() {
      if (!running) return
      attempt = 0
      void connect()
    },
    lost() {
      if (running) options.onState('lost')
    },
    stop,
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return undefined
  }
}
