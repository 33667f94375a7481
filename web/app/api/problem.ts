/** Problem is an RFC 9457 document, or the lack of any answer (status 0). */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly fields: Record<string, string>
  readonly body: Record<string, unknown>
  readonly retryAfter: number

  constructor(status: number, body: Record<string, unknown>, retryAfter = 0) {
    super(typeof body.detail === 'string' && body.detail ? body.detail : String(body.title ?? ''))
    this.name = 'Problem'
    this.status = status
    this.body = body
    this.code = typeof body.code === 'string' ? body.code : ''
    this.retryAfter = retryAfter
    this.fields = fieldErrors(body.errors)
  }

  /** ofFields is true where the words for all of it say no more than that fields are wrong. */
  get ofFields(): boolean {
    return this.code === 'invalid' && Object.keys(this.fields).length > 0
  }

  /** offline is true when no answer came, so nobody knows whether the server acted. */
  get offline(): boolean {
    return this.status === 0
  }
}

/** fieldErrors turns `body.config.host` into `config.host`, so that a form finds its field. */
function fieldErrors(errors: unknown): Record<string, string> {
  const fields: Record<string, string> = {}
  if (!Array.isArray(errors)) return fields
  for (const entry of errors as { location?: unknown; message?: unknown }[]) {
    const location = String(entry?.location ?? '').replace(/^body\.?/, '')
    if (location && !(location in fields)) fields[location] = String(entry?.message ?? '')
  }
  return fields
}
