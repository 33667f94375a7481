import { Problem } from './problem'

/** What every call carries; set by the session gate and by the language switch. */
interface Caller {
  /** Who calls; nobody on the sign-in pages. */
  person: string
  csrf: string
  language: string
  onSignedOut: () => void
}

const caller: Caller = { person: '', csrf: '', language: 'en', onSignedOut: () => {} }

export function setCaller(change: Partial<Caller>): void {
  Object.assign(caller, change)
}

export type Query = Record<string, string | number | boolean | null | undefined>

interface Options {
  query?: Query
  body?: unknown
  /** Makes a retry harmless: the server answers the second call as it did the first. */
  idempotencyKey?: string
  signal?: AbortSignal
  /** The request goes on although the page is closed. */
  keepalive?: boolean
  /** The sign-in pages ask whether anybody is signed in; for them 401 is an answer. */
  expect401?: boolean
}

/** call makes one request under /api/v1 and returns its JSON, or throws a Problem. */
export async function call<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const { person } = caller
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': caller.language }
  if (method !== 'GET' && caller.csrf) headers['X-CSRF-Token'] = caller.csrf
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  let body: BodyInit | undefined
  if (options.body instanceof FormData) body = options.body
  else if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json'
    body = JSON.stringify(options.body)
  }
  let response: Response
  try {
    response = await fetch(`/api/v1${path}${search(options.query)}`, {
      method,
      headers,
      body,
      signal: options.signal,
      keepalive: options.keepalive,
      credentials: 'same-origin',
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    if (isGone(person)) throw new Problem(0, { code: left })
    throw new Problem(0, {})
  }
  const value = await decode(response)
  if (isGone(person)) throw new Problem(0, { code: left })
  if (response.ok) return value as T
  if (response.status === 401 && !options.expect401) caller.onSignedOut()
  throw new Problem(response.status, asObject(value), Number(response.headers.get('Retry-After') ?? 0))
}

/** The code of an answer that came when whoever asked was no longer at the page: it is shown to nobody. */
export const left = 'left'

const isGone = (person: string): boolean => person !== '' && person !== caller.person

async function decode(response: Response): Promise<unknown> {
  const text = await response.text()
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return { title: response.statusText }
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return value && typeof value === 'object' ? (value as Record<string, unknown>) : {}
}

function search(query?: Query): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '' && value !== false)
      params.set(key, String(value))
  }
  const text = params.toString()
  return text ? `?${text}` : ''
}
