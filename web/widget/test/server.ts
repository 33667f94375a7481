import type { Config, Message } from '../src/frame/wire'

/** One request as the fake server saw it. */
export interface Seen {
  method: string
  path: string
  token: string
  last: string
}

/** A switchable fault: what the next matching request meets instead of an answer. */
export type Fault = 'cut' | 'lost answer' | 'busy' | 'busy for 9 s' | 'refuse'

/**
 * The visitor's side of the server in memory, with the behaviour the chat relies on: doubles dropped by client id,
 * tokens that can vanish, files that belong to their visitor, and a stream that resumes.
 */
export class FakeServer {
  readonly seen: Seen[] = []
  readonly receipts: { message_id: string; state: string }[] = []
  readonly visitors: Record<string, unknown>[] = []
  messages: Message[] = []
  /** What was posted, as it came. */
  posted: Record<string, unknown>[] = []
  faults: { path: string; fault: Fault }[] = []
  config: Partial<Config> = { name: 'Shop', greeting: 'Hello', pre_chat: [], languages: ['en'], online: true }
  #tokens = new Map<string, Set<string>>()
  #streams = new Set<ReadableStreamDefaultController<Uint8Array>>()
  #events: string[] = []
  #ids = 0

  /** To be handed to the chat in place of the network. */
  readonly fetch = (async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input), 'http://server')
    const path = url.pathname.replace(/^\/chat\/[^/]+/, '')
    const headers = new Headers(init.headers)
    const token = headers.get('Authorization')?.replace('Bearer ', '') ?? ''
    this.seen.push({ method: init.method ?? 'GET', path, token, last: headers.get('Last-Event-ID') ?? '' })
    const at = this.faults.findIndex((planned) => planned.path === path)
    const fault = at < 0 ? null : this.faults.splice(at, 1)[0]?.fault
    if (fault === 'cut') throw new TypeError('network')
    if (fault === 'busy') return problem(503, 'busy')
    if (fault === 'busy for 9 s') return problem(429, 'busy', { 'Retry-After': '9' })
    if (fault === 'refuse') return problem(422, 'too long')
    const answer = await this.#answer(path, url, token, init, headers)
    if (fault === 'lost answer') throw new TypeError('network')
    return answer
  }) as typeof fetch

  /** An agent writes. */
  agent(text: string): Message {
    const message = this.#message('outbound', text, 'sent')
    this.#emit('message.created', message)
    return message
  }

  /** All tokens become unknown, as after the visitor was erased. */
  forget(): void {
    this.#tokens.clear()
  }

  /** Cuts every open stream. */
  cut(): void {
    for (const stream of this.#streams) stream.error(new TypeError('network'))
    this.#streams.clear()
  }

  /** Sends a raw event to every open stream, e.g. typing. */
  raw(text: string): void {
    for (const stream of this.#streams) stream.enqueue(new TextEncoder().encode(text))
  }

  count(method: string, path: string): number {
    return this.seen.filter((seen) => seen.method === method && seen.path === path).length
  }

  get streams(): number {
    return this.#streams.size
  }

  async #answer(
    path: string,
    url: URL,
    token: string,
    init: RequestInit,
    headers: Headers,
  ): Promise<Response> {
    const body = (): Record<string, never> => JSON.parse(String(init.body))
    if (path === '/config') return Response.json(this.config)
    if (path === '/visitors') {
      const made = `token${this.visitors.push(body())}`
      this.#tokens.set(made, new Set())
      return Response.json({ visitor: made, token: made }, { status: 201 })
    }
    const files = this.#tokens.get(token)
    if (!files) return problem(401, 'unknown token')
    if (path === '/files') {
      const id = `file${++this.#ids}`
      files.add(id)
      return Response.json(
        { id, name: 'x', type: 'text/plain', size: 1, url: `/f/${id}`, image: false },
        { status: 201 },
      )
    }
    if (path === '/messages' && init.method === 'POST') return this.#post(body(), files)
    if (path === '/messages') {
      const from = this.messages.findIndex(({ id }) => id === url.searchParams.get('after')) + 1
      return Response.json({ items: this.messages.slice(from), next: '' })
    }
    if (path === '/receipts') this.receipts.push(body() as unknown as { message_id: string; state: string })
    if (path === '/events') return this.#stream(headers.get('Last-Event-ID'), init.signal)
    return new Response(null, { status: 204 })
  }

  #post(sent: { client_id?: string; text?: string; attachments?: string[] }, files: Set<string>): Response {
    if (sent.attachments?.some((id) => !files.has(id))) return problem(422, 'not your file')
    this.posted.push({ ...sent })
    const known = this.messages.find((message) => message.client_id === sent.client_id)
    if (known) return Response.json(known)
    const message = this.#message('inbound', sent.text ?? '', 'received', sent.client_id)
    message.attachments = (sent.attachments ?? []).map((id) => ({
      id,
      name: id,
      type: '',
      size: 1,
      url: '',
      image: false,
    }))
    this.#emit('message.created', message)
    return Response.json(message, { status: 201 })
  }

  #message(direction: Message['direction'], text: string, state: string, client_id?: string): Message {
    const created_at = new Date(Date.now()).toISOString()
    const author = { kind: direction === 'inbound' ? 'contact' : 'agent', name: 'Ann' }
    const base = { id: `m${++this.#ids}`, direction, text, attachments: [], author, state, created_at }
    const message: Message = client_id ? { ...base, client_id } : base
    this.messages.push(message)
    return message
  }

  #emit(event: string, object: Message): void {
    const text = `id: ${this.#events.length + 1}\nevent: ${event}\ndata: ${JSON.stringify({ type: event, object })}\n\n`
    this.#events.push(text)
    this.raw(text)
  }

  #stream(last: string | null, signal?: AbortSignal | null): Response {
    let mine: ReadableStreamDefaultController<Uint8Array>
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        mine = controller
        this.#streams.add(controller)
        const missed = last === null ? [] : this.#events.slice(Number(last))
        controller.enqueue(new TextEncoder().encode(`retry: 1000\n\n${missed.join('')}`))
      },
      cancel: () => void this.#streams.delete(mine),
    })
    signal?.addEventListener('abort', () => {
      if (this.#streams.delete(mine)) mine.error(new DOMException('aborted', 'AbortError'))
    })
    return new Response(body)
  }
}

function problem(status: number, detail: string, headers: Record<string, string> = {}): Response {
  return Response.json(
    { status, detail },
    { status, headers: { 'Content-Type': 'application/problem+json', ...headers } },
  )
}
