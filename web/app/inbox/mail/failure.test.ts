import { expect, test } from 'vitest'
import { failureAdvice } from './failure'

test.each([
  ['5.1.1', 'address'],
  ['5.1.10', 'domain'],
  ['5.1.2', 'domain'],
  ['5.4.4', 'domain'],
  ['5.2.1', 'address'],
  ['5.2.2', 'full'],
  ['4.2.2', 'full'],
  ['5.3.4', 'size'],
  ['5.7.1', 'policy'],
  ['5.7.26', 'policy'],
  ['4.4.1', 'later'],
  ['5.4.7', 'later'],
  ['5.0.0', null],
  ['recipient_unknown', 'address'],
  ['mailbox_full', 'full'],
  ['mail_too_large', 'size'],
  ['toString', null],
  ['blocked', null],
  ['', null],
])('%j asks for %s', (code, want) => {
  expect(failureAdvice(code)).toBe(want)
})
