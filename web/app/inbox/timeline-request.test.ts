import { expect, test } from 'vitest'
import { requestEntry } from './timeline-request'

const nameOf = (id: string) => (id === '7' ? 'Anna' : undefined)

test.each([
  [{ request_id: '1', number: 2 }, 'Request № 2'],
  [{ number: 2, from: 'resolved', to: 'open' }, 'Request № 2 reopened'],
  [{ number: 2, from: 'open', to: 'resolved' }, 'Request № 2: Resolved'],
  [{ number: 2, from: 'open', to: 'new to this page' }, 'Request № 2: new to this page'],
  [{ number: 2, to_priority: 'high' }, 'Request № 2, priority: High'],
  [{ number: 2, to_owner_id: '7' }, 'Request № 2, owner: Anna'],
  [{ number: 2, to_owner_id: '' }, 'Request № 2, owner: Nobody'],
  [{ number: 2, to_category: 'returns' }, 'Request № 2 was changed'],
])('%j is told as %s', (data, want) => {
  expect(requestEntry(data, nameOf)).toBe(want)
})
