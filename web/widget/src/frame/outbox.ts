import type { Api } from './api'
import type { Backoff } from './backoff'
import type { Blobs } from './blobs'
import { uuid } from './ids'
import { asProblem, Problem } from './problem'
import { readJson, type Store } from './storage'
import type { Lock, Visitor } from './visitor'
import type { Message, Press } from './wire'

/** A file of a waiting message. */
export interface PendingFile {
  key: string
  name: string
  type: string
  size: number
  /** The server's id once it was uploaded for the current visitor. */
  id?: string
}

/** A message that the server has not confirmed. */
export interface Pending {
  clientId: string
  text: string
  files: PendingFile[]
  /** The button it is, where one was pressed. */
  press?: Press
  /** The signed identity that wrote it; empty for anybody. It is never sent under another. */
  owner: string
  at: number
  /** The server's reason for refusing it; the visitor decides what happens next. */
  refused?: string
}

/** What the outbox needs. `changed` is called after every visible change, `sent` with each confirmed message. */
export interface OutboxParts {
  api: Api
  visitor: Visitor
  store: Store
  blobs: Blobs
  backoff: Backoff
  lock: Lock
  prefix: string
  now: () => number
  changed: () => void
  sent: (message: Message) => void
}

/**
 * The queue of messages on their way to the server. It survives reloads and lost networks. Each message carries its
 * client id through every attempt, by which the server recognises a repeat: it is stored once however often it is sent.
 *
 * Every message is its own entry in the store, so two tabs never overwrite each other's.
 */
export class Outbox {
  readonly #p: OutboxParts
  #running: Promise<void> | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #count = 0
  /** Client id of the message under way right now. */
  sending: string | null = null
  /** True from a failed attempt until one succeeds: the messages wait for the network. */
  stuck = false

  constructor(parts: OutboxParts) {
    this.#p = parts
  }

  /** All waiting messages, oldest first. */
  list(): Pending[] {
    return this.#entries().map(([, pending]) => pending)
  }

  /** Keeps a message and starts sending. Resolves when it is safely kept, not when it is sent. */
  async add(text: string, files: File[], press?: Press): Promise<void> {
    const kept: PendingFile[] = []
    for (const file of files) {
      const key = uuid()
      await this.#p.blobs.put(key, file)
      kept.push({ key, name: file.name || 'file', type: file.type, size: file.size })
    }
    const pending: Pending = {
      clientId: uuid(),
      text,
      files: kept,
      ...(press && { press }),
      owner: this.#p.visitor.owner,
      at: this.#p.now(),
    }
    // The count keeps the order of messages written within one millisecond.
    const key = `${String(pending.at).padStart(15, '0')}-${String(this.#count++).padStart(6, '0')}-${pending.clientId}`
    this.#write(this.#p.prefix + key, pending)
    this.#p.changed()
    this.kick()
  }

  /** Tries again now: the network is back, or the visitor pressed "try again". */
  kick(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    void this.flush()
  }

  /** Tries a refused message once more. */
  retry(clientId: string): void {
    const found = this.#find(clientId)
    if (!found) return
    const { refused: _, ...pending } = found[1]
    this.#write(found[0], pending)
    this.#p.changed()
    this.kick()
  }

  /** Takes a message out of the queue and hands it back, for the composer. */
  async remove(clientId: string): Promise<Pending | null> {
    const found = this.#find(clientId)
    if (!found) return null
    await this.#discard(found)
    this.#p.changed()
    return found[1]
  }

  /** Sends all that can be sent, in order. Calls made meanwhile join the one under way. */
  flush(): Promise<void> {
    this.#running ??= this.#p
      .lock(`${this.#p.prefix}send`, () => this.#drain())
      .finally(() => {
        this.#running = null
        this.sending = null
        this.#p.changed()
        // A message added after the last look, or before the timer was set.
        if (this.#next() && !this.#timer) this.kick()
      })
    return this.#running
  }

  /** Stops all attempts; for a page that goes away. */
  stop(): void {
    clearTimeout(this.#timer)
  }

  async #drain(): Promise<void> {
    for (let entry = this.#next(); entry; entry = this.#next()) {
      const [key, pending] = entry
      this.sending = pending.clientId
      this.#p.changed()
      try {
        const message = await this.#send(key, pending)
        await this.#discard([key, pending])
        this.#p.backoff.reset()
        this.stuck = false
        this.#p.sent(message)
      } catch (thrown) {
        const problem = asProblem(thrown)
        if (problem.kind === 'refused') {
          this.stuck = false
          const current = this.#find(pending.clientId)
          if (current) this.#write(key, { ...current[1], refused: problem.message })
        } else {
          this.stuck = true
          this.#timer = setTimeout(() => this.kick(), this.#p.backoff.next(problem.wait))
          return
        }
      }
    }
  }

  /** One message with its files; a token that is gone is replaced once. */
  async #send(key: string, pending: Pending): Promise<Message> {
    for (let renewed = false; ; renewed = true) {
      const token = await this.#p.visitor.ensure()
      try {
        const attachments = await this.#upload(token, key, pending)
        const { clientId, text, press } = pending
        return await this.#p.api.send(token, { client_id: clientId, text, attachments, press })
      } catch (thrown) {
        if (asProblem(thrown).kind !== 'auth') throw thrown
        this.#p.visitor.drop(token)
        this.#forgetUploads()
        // A server that refuses even a fresh token is out of order; that is worth waiting for, not looping over.
        if (renewed) throw new Problem('later', 'unauthorized')
      }
    }
  }

  async #upload(token: string, key: string, pending: Pending): Promise<string[]> {
    const current = this.#find(pending.clientId)?.[1] ?? pending
    const ids: string[] = []
    for (const file of current.files) {
      if (!file.id) {
        const blob = await this.#p.blobs.get(file.key)
        // The browser threw the file away; the text is still worth sending.
        if (!blob) continue
        file.id = (await this.#p.api.upload(token, blob, file.name)).id
        this.#write(key, current)
      }
      ids.push(file.id)
    }
    return ids
  }

  /** Uploads belong to the visitor who made them, so a new one uploads again. */
  #forgetUploads(): void {
    for (const [key, pending] of this.#entries())
      if (pending.files.some((file) => file.id))
        this.#write(key, { ...pending, files: pending.files.map(({ id: _, ...file }) => file) })
  }

  #next(): [string, Pending] | undefined {
    const { owner } = this.#p.visitor
    return this.#entries().find(
      ([, pending]) => pending.refused === undefined && (!pending.owner || pending.owner === owner),
    )
  }

  async #discard([key, pending]: [string, Pending]): Promise<void> {
    this.#p.store.remove(key)
    for (const file of pending.files) await this.#p.blobs.remove(file.key)
  }

  #find(clientId: string): [string, Pending] | undefined {
    return this.#entries().find(([, pending]) => pending.clientId === clientId)
  }

  #entries(): [string, Pending][] {
    return this.#p.store.keys(this.#p.prefix).flatMap((key): [string, Pending][] => {
      const pending = readJson<Pending>(this.#p.store, key)
      return pending && typeof pending.clientId === 'string' && Array.isArray(pending.files)
        ? [[key, pending]]
        : []
    })
  }

  #write(key: string, pending: Pending): void {
    this.#p.store.set(key, JSON.stringify(pending))
  }
}
