import { createStream, type LinkState, type LiveEvent, type Stream } from './stream'

/** What tabs of one browser tell each other. */
type Word =
  | { kind: 'event'; event: LiveEvent }
  | { kind: 'state'; state: LinkState; lastId: string }
  | { kind: 'hello' }

export interface LiveOptions {
  open: (lastId: string, signal: AbortSignal) => Promise<Response>
  onEvent: (event: LiveEvent) => void
  onState: (state: LinkState) => void
  onSignedOut: () => void
  /** Separates people who share a browser profile: each has a stream of their own. */
  scope: string
}

/**
 * startLive gives every tab the event stream while one of them holds the connection:
 * HTTP/1.1 allows six per site. The tab that gets the lock leads and repeats what it
 * hears; when it goes, the next one resumes after the last event it has heard itself.
 */
export function startLive(options: LiveOptions): () => void {
  const channel = new BroadcastChannel(`parley-live-${options.scope}`)
  const released = new AbortController()
  let lastId = ''
  let state: LinkState = 'connecting'
  let stream: Stream | undefined
  let release = () => {}

  function hear(event: LiveEvent): void {
    if (event.id) lastId = event.id
    options.onEvent(event)
  }

  function setState(next: LinkState): void {
    state = next
    options.onState(next)
  }

  function say(word: Word): void {
    channel.postMessage(word)
  }

  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data.kind === 'hello') {
      if (stream) say({ kind: 'state', state, lastId })
    } else if (!stream && data.kind === 'event') hear(data.event)
    else if (!stream && data.kind === 'state') {
      if (!lastId) lastId = data.lastId
      setState(data.state)
    }
  }

  function lead(): Promise<void> {
    stream = createStream({
      open: options.open,
      onSignedOut: options.onSignedOut,
      onEvent: (event) => {
        hear(event)
        say({ kind: 'event', event })
      },
      onState: (next) => {
        setState(next)
        say({ kind: 'state', state: next, lastId })
      },
    })
    stream.start(lastId)
    return new Promise((resolve) => {
      release = resolve
    })
  }

  const online = () => stream?.nudge()
  const offline = () => stream?.lost()
  let hiddenAt = 0
  const shown = () => {
    if (document.hidden) hiddenAt = Date.now()
    else if (hiddenAt && Date.now() - hiddenAt > 120_000) stream?.nudge()
  }
  addEventListener('online', online)
  addEventListener('offline', offline)
  document.addEventListener('visibilitychange', shown)
  navigator.locks
    .request(`parley-live-${options.scope}`, { signal: released.signal }, lead)
    .catch(() => undefined)
  say({ kind: 'hello' })

  return () => {
    removeEventListener('online', online)
    removeEventListener('offline', offline)
    document.removeEventListener('visibilitychange', shown)
    released.abort()
    stream?.stop()
    release()
    channel.close()
  }
}
