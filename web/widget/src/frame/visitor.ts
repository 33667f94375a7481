import type { Identity } from '../shared/protocol'
import type { Api } from './api'
import { asProblem } from './problem'
import { readJson, type Store } from './storage'
import type { VisitorDetails } from './wire'

/** One holder of a name at a time, over all tabs; `navigator.locks` where the browser has it. */
export type Lock = <T>(name: string, work: () => Promise<T>) => Promise<T>

interface Kept {
  token: string
  /** The signed identity this token was given to; empty for someone unknown. */
  owner: string
}

/**
 * Who we are to the server: a token kept per account. A visitor is made when the first message is sent and not before,
 * so that people who only look leave no record.
 */
export class Visitor {
  readonly #api: Api
  readonly #store: Store
  readonly #key: string
  readonly #details: () => VisitorDetails
  readonly #lock: Lock
  readonly #refused: () => void
  #identity: Identity | null = null
  #making: Promise<string> | null = null

  /** `refused` is called when the server does not accept the details: they have to be asked for again. */
  constructor(
    api: Api,
    store: Store,
    key: string,
    details: () => VisitorDetails,
    refused: () => void,
    lock: Lock,
  ) {
    this.#api = api
    this.#store = store
    this.#key = key
    this.#details = details
    this.#refused = refused
    this.#lock = lock
  }

  /** The token of the current person, or null while they have none. */
  get token(): string | null {
    const kept = this.#kept()
    return kept && (!this.#identity || kept.owner === this.#identity.id) ? kept.token : null
  }

  /** The id of the signed identity, or empty. Queued messages belong to it. */
  get owner(): string {
    return this.#identity?.id ?? this.#kept()?.owner ?? ''
  }

  /** Says who the person is; null signs them out. True when that makes them someone else than before. */
  become(identity: Identity | null): boolean {
    const before = this.token
    this.#identity = identity
    this.#making = null
    if (!identity && this.#kept()?.owner) this.#store.remove(this.#key)
    return this.token !== before || (identity !== null && !this.token)
  }

  /** The token, made by the server if there is none yet. Tabs that ask at once get one and the same. */
  ensure(): Promise<string> {
    const token = this.token
    if (token) return Promise.resolve(token)
    if (this.#making) return this.#making
    const making = this.#lock(this.#key, async () => {
      const made = this.token
      if (made) return made
      const identity = this.#identity
      const { token } = await this.#make(identity)
      this.#store.set(this.#key, JSON.stringify({ token, owner: identity?.id ?? '' } satisfies Kept))
      return token
    }).finally(() => {
      if (this.#making === making) this.#making = null
    })
    this.#making = making
    return making
  }

  async #make(identity: Identity | null): Promise<{ token: string }> {
    try {
      return await this.#api.visitor({ ...this.#details(), ...(identity && { identity }) })
    } catch (thrown) {
      if (!identity && asProblem(thrown).kind === 'refused') this.#refused()
      throw thrown
    }
  }

  /** Forgets a token the server no longer knows. A newer one, which another tab may have got, stays. */
  drop(token: string): void {
    if (this.#kept()?.token === token) this.#store.remove(this.#key)
  }

  #kept(): Kept | null {
    const kept = readJson<Kept>(this.#store, this.#key)
    return kept && typeof kept.token === 'string' && kept.token ? kept : null
  }
}
