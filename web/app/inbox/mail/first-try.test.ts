import { expect, test } from 'vitest'
import { Problem } from '#/api/problem'
import { unsent } from './first-try'

test.each([
  [0, '', 'unknown'],
  [401, 'signed_out', 'unknown'],
  [429, 'too_many', 'unknown'],
  [503, 'unavailable', 'unknown'],
  [409, 'request_in_progress', 'unknown'],
  [409, 'answer_lost', 'maybe'],
  [422, 'idempotency_key_reused', 'maybe'],
  [422, 'invalid', 'refused'],
  [403, 'forbidden', 'refused'],
])('%i %s is %s', (status, code, want) => {
  expect(unsent(new Problem(status, { code }))).toBe(want)
})
