import { expect, test } from 'vitest'
import { requestEntry } from './timeline-request'

const nameOf = (id: string) => (id === '7' ? 'Anna' : undefined)

test.each([
  [{ request_id: '1', number: 2 }, 'Request no. 2 opened'],
  [{ request_id: '1', number: 2, deleted: true }, 'Request no. 2 deleted'],
  [{ number: 2, from: 'resolved', to: 'open' }, 'Request no. 2 reopened'],
  [{ number: 2, from: 'open', to: 'resolved' }, 'Request no. 2: Resolved'],
  [{ number: 2, from: 'open', to: 'new to this page' }, 'Request no. 2: new to this page'],
  [{ number: 2, to_priority: 'high' }, 'Request no. 2, priority: High'],
  [{ number: 2, to_owner_id: '7' }, 'Request no. 2, owner: Anna'],
  [{ number: 2, to_owner_id: '' }, 'Request no. 2, owner: Nobody'],
  [{ number: 2, to_category: 'returns' }, 'Request no. 2 was changed'],
])('%j is told as %s', (data, want) => {
  expect(requestEntry(data, nameOf)).toBe(want)
})
