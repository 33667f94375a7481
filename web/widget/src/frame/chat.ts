import type { Identity, ToFrame, ToLoader, Visit } from '../shared/protocol'
import { Account } from './account'
import { Api } from './api'
import { Backoff } from './backoff'
import type { Blobs } from './blobs'
import { Outbox, type Pending } from './outbox'
import { asProblem } from './problem'
import { Receipts } from './receipts'
import type { ServerEvent } from './sse'
import { readJson, type Store } from './storage'
import { Stream } from './stream'
import { rank, Thread } from './thread'
import { Typing } from './typing'
import { visitDetails } from './visit'
import { type Lock, Visitor } from './visitor'
import type { Change, Config, Message, Page, Press, VisitorDetails } from './wire'

/** What the view draws. A new object after every change. */
export interface Snapshot {
  config: Config | null
  messages: readonly Message[]
  pending: readonly Pending[]
  /** Client id of the message being sent now. */
  sending: string | null
  /** False while messages wait for the network. */
  online: boolean
  /** The agent who is typing. */
  typing: string | null
  open: boolean
  /** The pre-chat form has to be filled before the first message. */
  asking: boolean
  /** There is no such account (any more). */
  gone: boolean
  /** True until the kept conversation is shown, so that the greeting does not jump. */
  loading: boolean
}

/** What the chat is built from; `tell` speaks to the page around it. */
export interface ChatParts {
  account: string
  language: string
  store: Store
  blobs: Blobs
  lock: Lock
  tell: (message: ToLoader) => void
  fetch?: typeof fetch
  online?: () => boolean
}

/** Addresses of files expire; new ones are asked for at most this often. */
const REFRESHED = 60_000

/** The conversation of one visitor with one account: everything but its looks. */
export class Chat {
  readonly #p: ChatParts
  readonly #api: Api
  readonly #visitor: Visitor
  readonly #outbox: Outbox
  readonly #stream: Stream
  readonly #receipts: Receipts
  readonly #account: Account
  readonly #typing = new Typing(() => this.#changed())
  readonly #thread = new Thread()
  readonly #listeners = new Set<() => void>()
  readonly #prefix: string
  #visit: Visit | null = null
  #open = false
  #watched = true
  #up = true
  #loading = true
  #refreshed = Number.NEGATIVE_INFINITY
  #snapshot: Snapshot | null = null
  #told = -1

  constructor(parts: ChatParts) {
    this.#p = parts
    this.#prefix = `parley:${parts.account}:`
    this.#api = new Api(parts.account, parts.language, parts.fetch)
    this.#account = new Account(this.#api, () => this.#changed())
    this.#visitor = new Visitor(
      this.#api,
      parts.store,
      `${this.#prefix}visitor`,
      () => this.#details(),
      () => parts.store.remove(`${this.#prefix}details`),
      parts.lock,
    )
    this.#receipts = new Receipts((id, state) =>
      this.#withToken((token) => this.#api.receipt(token, id, state)),
    )
    this.#outbox = new Outbox({
      api: this.#api,
      visitor: this.#visitor,
      store: parts.store,
      blobs: parts.blobs,
      backoff: new Backoff(),
      lock: parts.lock,
      prefix: `${this.#prefix}out:`,
      now: Date.now,
      changed: () => this.#changed(),
      sent: (message) => this.#sent(message),
    })
    this.#stream = new Stream({
      open: (last, signal) => this.#api.events(this.#visitor.token ?? '', last, signal),
      backoff: new Backoff(),
      onEvent: (event) => this.#event(event),
      onUp: (resumed) => this.#connected(resumed),
      onDown: () => this.#setUp(false),
      onAuth: () => this.#lostToken(),
    })
  }

  /** Loads what is kept and connects. Call once. */
  start(): void {
    void this.#account.load()
    this.#resume()
    this.#outbox.kick()
  }

  /** For the view: called after every change; returns the way to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  snapshot(): Snapshot {
    this.#snapshot ??= {
      config: this.#account.config,
      messages: this.#thread.messages,
      pending: this.#outbox.list().filter((pending) => !this.#thread.has(pending.clientId)),
      sending: this.#outbox.sending,
      online: this.#isOnline() && !this.#outbox.stuck,
      typing: this.#typing.name,
      open: this.#open,
      asking: this.#asking(),
      gone: this.#account.gone,
      loading: this.#loading,
    }
    return this.#snapshot
  }

  /** Writes a message: kept at once, sent as soon as can be. */
  async write(text: string, files: File[], press?: Press): Promise<void> {
    await this.#outbox.add(text, files, press)
    this.#p.tell({ type: 'kept' })
  }

  /** Changes a message that is there. Answers what went wrong in words, '' when nothing did. */
  async change(id: string, change: Change): Promise<string> {
    const { token } = this.#visitor
    if (!token) return ''
    try {
      this.#take([await this.#api.change(token, id, change)])
      return ''
    } catch (thrown) {
      return asProblem(thrown).said || 'offline'
    }
  }

  retry(clientId: string): void {
    this.#outbox.retry(clientId)
  }

  /** Takes a message back that was not sent. */
  discard(clientId: string): Promise<Pending | null> {
    return this.#outbox.remove(clientId)
  }

  /** The visitor pressed a key in the composer. */
  typing(now = Date.now()): void {
    if (!this.#visitor.token || !this.#typing.due(now)) return
    this.#withToken((token) => this.#api.typing(token)).catch(() => undefined)
  }

  /** Answers of the pre-chat form. Messages that were refused for the answers before go out with these. */
  answer(details: VisitorDetails): void {
    this.#p.store.set(`${this.#prefix}details`, JSON.stringify(details))
    for (const pending of this.#outbox.list())
      if (pending.refused !== undefined) this.#outbox.retry(pending.clientId)
    this.#changed()
  }

  /** A message of an agent is on the screen. */
  seen(): void {
    if (!this.#open || !this.#watched) return
    const unread = this.#thread.unread()
    for (const { id } of unread) this.#thread.mark(id, 'read')
    // The last one counts for those before it.
    const last = unread.at(-1)
    if (last) this.#receipts.add(last.id, 'read')
    this.#changed()
  }

  /** The page is in front of somebody, or not. */
  watch(watched: boolean): void {
    this.#watched = watched
    if (watched) this.seen()
  }

  /** Leaves the line, for a page in the background; `resume` takes it up where it was. */
  suspend(): void {
    this.#stream.stop()
  }

  resume(): void {
    if (!this.#stream.running) this.refresh()
    this.#resume()
  }

  /** A file's address did not work, or may have expired: asks for all messages anew. */
  refresh(now = Date.now()): void {
    if (now - this.#refreshed < REFRESHED) return
    this.#refreshed = now
    void this.#catchUp('')
  }

  /** The browser says the network is back (or gone). */
  network(): void {
    this.#stream.kick()
    if (this.#isOnline()) {
      this.#outbox.kick()
      void this.#receipts.flush()
      void this.#account.load()
    }
    this.#changed()
  }

  /** Another tab wrote to the store. */
  stored(key: string): void {
    if (key === `${this.#prefix}visitor`) this.#restart()
    else if (key.startsWith(this.#prefix)) this.#changed()
  }

  /** A word from the page around us. */
  hear(message: ToFrame): void {
    if (message.type === 'init') this.#visit = message.visit
    if (message.type === 'init' || message.type === 'identify') this.#identify(message.identity)
    if (message.type === 'init' || message.type === 'open') this.#open = message.open === true
    this.#told = -1
    this.#changed()
  }

  #identify(identity: Identity | null | undefined): void {
    if (identity === undefined || !this.#visitor.become(identity)) return
    this.#restart()
    if (identity)
      this.#visitor.ensure().then(
        () => this.#resume(),
        (thrown) => {
          // A hash that does not fit is the site's mistake: tell it, and go on as anybody.
          if (asProblem(thrown).kind !== 'refused') return
          this.#visitor.become(null)
          this.#p.tell({ type: 'error', code: 'identity' })
          this.#restart()
        },
      )
    this.#outbox.kick()
  }

  /** Somebody else, or the same one under a new token: show what is theirs. */
  #restart(): void {
    this.#stream.reset()
    this.#receipts.clear()
    this.#thread.clear()
    this.#loading = true
    this.#resume()
    this.#changed()
  }

  #resume(): void {
    if (!this.#visitor.token) {
      this.#loading = false
      this.#changed()
      return
    }
    this.#p.tell({ type: 'kept' })
    if (this.#stream.running) return
    void this.#catchUp()
    this.#stream.start()
  }

  #connected(resumed: boolean): void {
    this.#setUp(true)
    if (!resumed) void this.#catchUp()
    this.#outbox.kick()
    void this.#receipts.flush()
  }

  #setUp(up: boolean): void {
    this.#up = up
    this.#changed()
  }

  #lostToken(): void {
    const token = this.#visitor.token
    if (token) this.#visitor.drop(token)
    this.#loading = false
    this.#changed()
    this.#outbox.kick()
  }

  async #catchUp(from = this.#thread.last): Promise<void> {
    const token = this.#visitor.token
    if (!token) return
    try {
      for (let after = from, more = true; more; ) {
        const page: Page = await this.#api.messages(token, after)
        if (this.#visitor.token !== token) return
        this.#take(page.items)
        const last = page.items.at(-1)?.id
        more = Boolean(page.next && last && last !== after)
        after = last ?? after
      }
    } catch (thrown) {
      if (asProblem(thrown).kind === 'auth') this.#visitor.drop(token)
    }
    this.#loading = false
    this.#changed()
  }

  #event({ event, data }: ServerEvent): void {
    if (event === 'reset') {
      this.#thread.clear()
      void this.#catchUp()
      return
    }
    let body: unknown
    try {
      body = JSON.parse(data)
    } catch {
      return
    }
    if (event === 'typing') this.#typing.show((body as { name?: string }).name ?? '')
    if (event === 'message.created' || event === 'message.updated') {
      const message = messageIn(body)
      if (message) this.#take([message])
    }
  }

  #take(messages: readonly Message[]): void {
    const added = this.#thread.merge(messages)
    const outbound = added.filter((message) => message.direction === 'outbound')
    if (outbound.length > 0) this.#typing.show(null)
    const last = outbound.findLast((message) => rank(message.state) < 2)
    if (last) this.#receipts.add(last.id, 'delivered')
    if (!this.#loading && outbound.length > 0) this.#p.tell({ type: 'message' })
    this.#changed()
  }

  #sent(message: Message): void {
    this.#take([message])
    this.#resume()
  }

  #details(): VisitorDetails {
    const answers = readJson<VisitorDetails>(this.#p.store, `${this.#prefix}details`)
    return { ...visitDetails(this.#visit), language: this.#p.language, ...answers }
  }

  #asking(): boolean {
    return (
      (this.#account.config?.pre_chat?.length ?? 0) > 0 &&
      !this.#visitor.owner &&
      !this.#visitor.token &&
      this.#p.store.get(`${this.#prefix}details`) === null
    )
  }

  #isOnline(): boolean {
    return (this.#p.online?.() ?? true) && (this.#up || !this.#visitor.token)
  }

  /** Calls with the token if there is one; a token that is gone is left for the queue to renew. */
  async #withToken(call: (token: string) => Promise<void>): Promise<void> {
    const { token } = this.#visitor
    if (token) await call(token)
  }

  #changed(): void {
    this.#snapshot = null
    const unread = this.#thread.unread().length
    if (unread !== this.#told) {
      this.#told = unread
      this.#p.tell({ type: 'unread', count: unread })
    }
    for (const listener of this.#listeners) listener()
  }
}

/** The message in an event's data: bare, or as the `object` of the envelope that the agents' stream uses. */
function messageIn(body: unknown): Message | null {
  const { object, ...bare } = (body ?? {}) as { object?: Message } & Partial<Message>
  const message = object ?? bare
  return typeof message.id === 'string' && typeof message.text === 'string' ? (message as Message) : null
}
