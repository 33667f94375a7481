/**
 * Why a call failed, by what may be done about it:
 * `auth` the token is not known (any more): become a new visitor and try again;
 * `refused` the server understood and said no: trying the same again is useless;
 * `later` nobody knows or not now: try again, the server drops doubles by client id.
 */
export type ProblemKind = 'auth' | 'refused' | 'later'

/** A failed call of the chat API. */
export class Problem extends Error {
  readonly kind: ProblemKind
  /** Milliseconds the server asked us to wait; 0 when it did not say. */
  readonly wait: number
  /** The server's own words, in the visitor's language; empty when it had none. */
  readonly said: string

  constructor(kind: ProblemKind, message: string, wait = 0, said = '') {
    super(message)
    this.name = 'Problem'
    this.kind = kind
    this.wait = wait
    this.said = said
  }
}

const LATER = new Set([408, 409, 423, 425, 429])

/** The Problem a response that is not ok stands for; its text is the server's own, in the visitor's language. */
export async function problemOf(response: Response): Promise<Problem> {
  const { status } = response
  const wait = Math.max(0, Number(response.headers.get('Retry-After')) || 0) * 1000
  if (status === 401) return new Problem('auth', 'unauthorized')
  if (status >= 500) return new Problem('later', String(status), wait)
  const body = (await response.json().catch(() => null)) as {
    detail?: string
    title?: string
    errors?: { message?: string }[]
  } | null
  const said = body?.errors?.[0]?.message || body?.detail || body?.title || ''
  return new Problem(LATER.has(status) ? 'later' : 'refused', said || String(status), wait, said)
}

/** The Problem behind anything thrown by a call: what is not ours is the network's. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem('later', String(thrown))
}
