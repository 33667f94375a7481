import { expect, test } from 'vitest'
import { leadEntry } from './timeline-lead'

const names = {
  agent: (id: string) => (id === '7' ? 'Anna' : undefined),
  stage: (id: string) => (id === '3' ? 'Qualified' : undefined),
}

test.each([
  [{ lead_id: '1' }, 'Lead opened'],
  [{ lead_id: '1', deleted: true }, 'Lead deleted'],
  [{ lead_id: '1', from: 'open', to: 'converted', stage_id: '3' }, 'Lead became a client'],
  [{ lead_id: '1', from: 'open', to: 'lost', lost_reason: 'price' }, 'Lead lost: price'],
  [{ lead_id: '1', from: 'open', to: 'lost' }, 'Lead lost'],
  [{ lead_id: '1', from: 'lost', to: 'open' }, 'Lead reopened'],
  [{ lead_id: '1', from_stage_id: '2', stage_id: '3' }, 'Lead moved to Qualified'],
  [{ lead_id: '1', from_owner_id: '', to_owner_id: '7' }, 'Lead, owner: Anna'],
  [{ lead_id: '1', from_owner_id: '7', to_owner_id: '' }, 'Lead, owner: Nobody'],
  [{ lead_id: '1', stage_id: 'unknown to this page' }, 'Lead changed'],
])('%j is told as %s', (data, want) => {
  expect(leadEntry(data, names)).toBe(want)
})
