import { problemOf } from './problem'
import type { Attachment, Change, Config, Message, Page, Press, VisitorDetails } from './wire'

/** The chat's server for one account. Every method throws a Problem, or what `fetch` throws without a network. */
export class Api {
  readonly #base: string
  readonly #language: string
  readonly #fetch: typeof fetch

  constructor(account: string, language: string, fetcher: typeof fetch = fetch.bind(globalThis)) {
    this.#base = `/chat/${encodeURIComponent(account)}`
    this.#language = language
    this.#fetch = fetcher
  }

  config(): Promise<Config> {
    return this.#json('/config', {})
  }

  visitor(details: VisitorDetails): Promise<{ visitor: string; token: string }> {
    return this.#json('/visitors', { method: 'POST', body: JSON.stringify(details) })
  }

  send(
    token: string,
    message: { client_id: string; text: string; attachments: string[]; press?: Press | undefined },
  ): Promise<Message> {
    return this.#json('/messages', { method: 'POST', body: JSON.stringify(message) }, token)
  }

  change(token: string, id: string, change: Change): Promise<Message> {
    const path = `/messages/${encodeURIComponent(id)}`
    if ('text' in change) return this.#json(path, { method: 'PATCH', body: JSON.stringify(change) }, token)
    if ('gone' in change) return this.#json(path, { method: 'DELETE' }, token)
    const { emoji } = change
    return this.#json(
      `${path}/reaction`,
      emoji ? { method: 'PUT', body: JSON.stringify({ emoji }) } : { method: 'DELETE' },
      token,
    )
  }

  upload(token: string, file: Blob, name: string): Promise<Attachment> {
    const form = new FormData()
    form.append('file', file, name)
    return this.#json('/files', { method: 'POST', body: form }, token)
  }

  messages(token: string, after: string): Promise<Page> {
    return this.#json(`/messages${after ? `?after=${encodeURIComponent(after)}` : ''}`, {}, token)
  }

  async receipt(token: string, message: string, state: 'delivered' | 'read'): Promise<void> {
    await this.#call(
      '/receipts',
      { method: 'POST', body: JSON.stringify({ message_id: message, state }) },
      token,
    )
  }

  async typing(token: string): Promise<void> {
    await this.#call('/typing', { method: 'POST', body: '{}' }, token)
  }

  /** Opens the event stream after the event `last`, or from now when it is empty. */
  events(token: string, last: string, signal: AbortSignal): Promise<Response> {
    return this.#call('/events', { signal, headers: last ? { 'Last-Event-ID': last } : {} }, token)
  }

  async #json<T>(path: string, init: RequestInit, token?: string): Promise<T> {
    return (await (await this.#call(path, init, token)).json()) as T
  }

  async #call(path: string, init: RequestInit, token?: string): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('Accept-Language', this.#language)
    if (token) headers.set('Authorization', `Bearer ${token}`)
    if (typeof init.body === 'string') headers.set('Content-Type', 'application/json')
    const response = await this.#fetch(this.#base + path, {
      ...init,
      headers,
      credentials: 'omit',
      cache: 'no-store',
    })
    if (!response.ok) throw await problemOf(response)
    return response
  }
}
