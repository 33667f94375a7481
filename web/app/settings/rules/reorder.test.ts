import { expect, test } from 'vitest'
import { moved } from './reorder'

test.each([
  [0, 2, 'bcad'],
  [3, 0, 'dabc'],
  [1, 1, 'abcd'],
  [2, 9, 'abdc'],
  [7, 0, 'abcd'],
])('the item at %i is put at %i', (from, to, want) => {
  expect(moved([...'abcd'], from, to).join('')).toBe(want)
})
