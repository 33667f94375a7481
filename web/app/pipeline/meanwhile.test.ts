import { expect, test } from 'vitest'
import { Problem } from '#/api/problem'
import { meanwhileOf } from './meanwhile'

const change = {
  id: '9',
  at: '2026-11-22T10:00:00Z',
  from: null,
  from_name: '',
  to_name: '',
  of_id: null,
  of_name: '',
}
const ann = { kind: 'agent', id: '1', name: 'Ann' }

function refused(field: string, to: unknown, cause: object = ann, to_name = ''): Problem {
  return new Problem(409, { code: 'field_changed', changed: [{ ...change, field, to, to_name, cause }] })
}

test.each([
  ['subject', 'Late', '', 'Late', 'Ann changed “Subject” to “Late” meanwhile.'],
  ['subject', null, '', '', 'Ann emptied “Subject” meanwhile.'],
  ['owner_id', '7', 'Bob', '7', 'Ann changed “Owner” to “Bob” meanwhile.'],
  ['owner_id', null, '', null, 'Ann emptied “Owner” meanwhile.'],
  ['status', 'resolved', '', 'resolved', 'Ann changed “Status” to “Resolved” meanwhile.'],
  ['due_at', null, '', null, 'Ann emptied “Deadline” meanwhile.'],
])('%s that is %j now is told, and is what the next try has seen', (field, to, name, value, told) => {
  expect(meanwhileOf(refused(field, to, ann, name), 'requests')).toEqual({ value, told })
})

test('where nobody is known, somebody is', () => {
  const nobody = { kind: '', id: null, name: '' }
  expect(meanwhileOf(refused('score', 40, nobody), 'leads')).toEqual({
    value: 40,
    told: 'Somebody else changed “Score” to “40” meanwhile.',
  })
})

test('another refusal is none of it', () => {
  expect(meanwhileOf(new Problem(409, { code: 'lead_open' }), 'leads')).toBeNull()
  expect(meanwhileOf(new Problem(409, { code: 'field_changed' }), 'leads')).toBeNull()
  expect(meanwhileOf(new TypeError('x'), 'leads')).toBeNull()
})
