import { expect, test } from 'vitest'
import { outcomeText, size } from './outcome'

test.each([
  [['message'], 'It is a message and now in the inbox.'],
  [['message', 'reply'], 'It is a message and now in the inbox.'],
  [['duplicate'], 'It was here already: nothing was added.'],
  [['quarantined'], 'It could not be stored this time either.'],
  [['receipt', 'edit'], 'It is news of a message of yours. It was understood and taken in.'],
] as const)('%j in words', (outcomes, want) => {
  expect(outcomeText(outcomes.map((outcome) => ({ outcome })))).toBe(want)
})

test('a count that may be larger says so', () => {
  expect([size(1), size(999), size(1000)]).toEqual(['1', '999', '1000+'])
})
