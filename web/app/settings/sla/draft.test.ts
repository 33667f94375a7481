import { expect, it } from 'vitest'
import { readPolicy, toggled, writePolicy } from './draft'

it('begins a policy that promises something', () => {
  const written = writePolicy(readPolicy(null))
  expect(written).toMatchObject({
    first_response_minutes: 30,
    schedule_id: null,
    conditions: {},
    by_priority: {},
    pause_on: ['pending'],
  })
})

it('leaves out priorities without a target of their own', () => {
  const draft = readPolicy(null)
  draft.byPriority = { urgent: { first_response_minutes: 5 }, low: { first_response_minutes: 0 } }
  expect(writePolicy(draft).by_priority).toEqual({ urgent: { first_response_minutes: 5 } })
})

it('puts a choice in and takes it out', () => {
  expect(toggled(['a'], 'b', true)).toEqual(['a', 'b'])
  expect(toggled(['a', 'b'], 'a', false)).toEqual(['b'])
})

it('is the same again when it was kept as it is written', () => {
  const written = writePolicy({ ...readPolicy(null), name: 'Gold', warn: 50 })
  expect(writePolicy(readPolicy(written as Parameters<typeof readPolicy>[0]))).toEqual(written)
})
