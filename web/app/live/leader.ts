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

/** How long a follower waits for the leader to answer before it takes the lead itself. */
const patience = 5_000

/**
 * startLive gives every tab the event stream while one of them holds the connection:
 * HTTP/1.1 allows six per site. The tab that gets the lock leads and repeats what it
 * hears; when it goes, the next one resumes after the last event it has heard itself.
 * A leader that a browser has put to sleep answers nobody: whoever is looked at then takes
 * the lock from it. A follower that missed something, asleep itself, reads anew.
 */
export function startLive(options: LiveOptions): () => void {
  const channel = new BroadcastChannel(`parley-live-${options.scope}`)
  const lock = `parley-live-${options.scope}`
  const over = new AbortController()
  let lastId = ''
  let state: LinkState = 'connecting'
  let stream: Stream | undefined
  let release = () => {}
  let unanswered: ReturnType<typeof setTimeout> | undefined

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
      return
    }
    clearTimeout(unanswered)
    if (stream) return
    if (data.kind === 'event') hear(data.event)
    else {
      // Words come in order: what the leader has heard by now, this tab has heard too, or slept through.
      const missed = lastId !== '' && Number(data.lastId) > Number(lastId)
      if (missed) hear({ event: 'reset', id: data.lastId, data: null })
      else if (!lastId) lastId = data.lastId
      setState(data.state)
    }
  }

  function lead(): Promise<void> {
    clearTimeout(unanswered)
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

  function follow(): void {
    navigator.locks.request(lock, { signal: over.signal }, lead).catch(lost)
  }

  /** lost stands back in line when another tab took the lead. */
  function lost(): void {
    stream?.stop()
    stream = undefined
    if (!over.signal.aborted) follow()
  }

  /** ask makes sure that somebody leads; a tab in sight does not wait for one that sleeps. */
  function ask(): void {
    if (stream) return
    say({ kind: 'hello' })
    clearTimeout(unanswered)
    if (document.hidden) return
    unanswered = setTimeout(() => {
      if (!stream && !over.signal.aborted) navigator.locks.request(lock, { steal: true }, lead).catch(lost)
    }, patience)
  }

  const online = () => stream?.nudge()
  const offline = () => stream?.lost()
  const woken = () => (stream ? stream.nudge() : ask())
  let hiddenAt = 0
  const shown = () => {
    if (document.hidden) hiddenAt = Date.now()
    else {
      if (hiddenAt && Date.now() - hiddenAt > 120_000) stream?.nudge()
      ask()
    }
  }
  addEventListener('online', online)
  addEventListener('offline', offline)
  addEventListener('focus', ask)
  document.addEventListener('resume', woken)
  document.addEventListener('visibilitychange', shown)
  follow()
  say({ kind: 'hello' })

  return () => {
    removeEventListener('online', online)
    removeEventListener('offline', offline)
    removeEventListener('focus', ask)
    document.removeEventListener('resume', woken)
    document.removeEventListener('visibilitychange', shown)
    clearTimeout(unanswered)
    over.abort()
    stream?.stop()
    release()
    channel.close()
  }
}
