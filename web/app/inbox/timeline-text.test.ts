import { expect, test } from 'vitest'
import { amended } from './timeline-text'

test.each([
  ['edited', { was: 'On its wy' }, 'Message changed, it was: “On its wy”'],
  ['edited', { was: 'Calls at 5', note: true }, 'Note changed, it was: “Calls at 5”'],
  ['deleted', {}, 'Message deleted'],
  ['deleted', { note: true }, 'Note deleted'],
  ['restored', {}, 'Note brought back'],
] as const)('%s %j is told as %s', (type, data, want) => {
  expect(amended(type, data)).toBe(want)
})
