import { expect, test } from 'vitest'
import type { Explanation } from '#/api/rules'
import { reasons } from './explain-words'
import { wayName } from './words'

const leaf = (field: string, holds: boolean): Explanation => ({ holds, field, op: 'equals' })

test.each<[string, Explanation, string[]]>([
  ['nothing was asked', { holds: true, group: 'all' }, []],
  ['both of all', { holds: true, group: 'all', parts: [leaf('a', true), leaf('b', true)] }, ['a', 'b']],
  ['the one of any', { holds: true, group: 'any', parts: [leaf('a', false), leaf('b', true)] }, ['b']],
  ['what is under a not held nothing up', { holds: true, group: 'not', parts: [leaf('a', false)] }, []],
  [
    'three at most',
    { holds: true, group: 'all', parts: ['a', 'b', 'c', 'd'].map((f) => leaf(f, true)) },
    ['a', 'b', 'c'],
  ],
])('%s', (_, why, want) => {
  expect(reasons(why).map((part) => part.field)).toEqual(want)
})

test('a comparison that the page has no word for is told by its own name', () => {
  expect(wayName(undefined, 'not_within_hours' as never)).toBe('not within hours')
  expect(wayName(undefined, 'equals')).toBe('is')
})
