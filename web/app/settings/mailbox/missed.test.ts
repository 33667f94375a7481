import { expect, test } from 'vitest'
import type { ReceivedEvent } from '#/api/types'
import { missed } from './missed'

const event = (minute: number, outcome: string, error = '') =>
  ({ at: `2026-03-01T10:0${minute}:00Z`, outcome, error }) as ReceivedEvent

test('what a mailbox says of mail that opened nothing', () => {
  const at = '2026-03-01T10:00:00Z'
  expect(missed([], at)).toBe('')
  expect(missed([event(3, 'message'), event(2, 'auto')], at)).toBe('')
  expect(missed([event(3, 'quarantined', 'broken')], at)).toBe('')
  expect(missed([event(3, 'message'), event(2, 'auto', 'name the group')], at)).toBe('Name the group.')
  expect(missed([event(3, 'auto', 'newer'), event(2, 'auto', 'older')], at)).toBe('Newer.')
})

test('a change of the settings ends it', () => {
  expect(missed([event(2, 'auto', 'name the group')], '2026-03-01T10:02:00Z')).toBe('')
})
