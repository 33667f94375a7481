import { Problem } from '#/api/problem'

/** What is known of a first message that was not answered for: nothing, that it may have left, or that it did not. */
export type Unsent = 'unknown' | 'maybe' | 'refused'

/** unsent judges why a first message has no answer. What is unknown is tried again under its key. */
export function unsent(error: unknown): Unsent {
  if (!(error instanceof Problem) || error.offline || error.status >= 500) return 'unknown'
  if (['answer_lost', 'idempotency_key_reused'].includes(error.code)) return 'maybe'
  return [401, 408, 429].includes(error.status) || error.code === 'request_in_progress'
    ? 'unknown'
    : 'refused'
}
