import { expect, test } from 'vitest'
import type { RuleField } from '#/api/rules'
import { newRow, numberRows, readCondition, writeCondition } from './condition'
import { about, compare, shape, wayOf, waysOf } from './ops'

const text = { field: 'message.text', op: 'contains', value: 'price' }
const known = { field: 'contact.known', op: 'equals', value: false }

test.each([
  ['nothing', {}, {}],
  ['groups in groups', { all: [text, { any: [known] }] }, { all: [text, { any: [known] }] }],
  ['none of', { not: { any: [text, known] } }, { not: { any: [text, known] } }],
  ['a comparison alone', text, { all: [text] }],
  ['not one', { not: text }, { not: { any: [text] } }],
  ['not all', { not: { all: [text, known] } }, { not: { any: [{ all: [text, known] }] } }],
])('%s is written as it was read, or says the same', (_, given, want) => {
  expect(writeCondition(readCondition(given))).toEqual(want)
})

test('rows are numbered from the top, and know where errors find them', () => {
  const root = readCondition({ all: [text, { not: { any: [known] } }, { any: [text] }] })
  expect(numberRows(root, 'conditions').map(({ number, path }) => [number, path])).toEqual([
    [1, 'conditions.all[0]'],
    [2, 'conditions.all[1].not.any[0]'],
    [3, 'conditions.all[2].any[0]'],
  ])
})

const field = (type: RuleField['type'], ops: string[]): RuleField => ({
  name: 'a.b',
  type,
  ops,
  label: 'B',
  options: type === 'choice' ? ['open', 'closed'] : [],
  of: '',
})
const time = field('time', ['gt', 'lt', 'within_hours', 'not_within_hours', 'empty', 'not_empty'])

test.each([
  ['within_hours', '12', 'in_hours'],
  ['within_hours', 3, 'near'],
  ['not_within_hours', '', 'out_of_hours'],
  ['gt', 2, 'less_ago'],
  ['lt', '2026-01-02T00:00:00Z', 'before'],
  ['empty', undefined, 'empty'],
])('a time compared by %s with %j is read as %s', (op, value, want) => {
  expect(wayOf(time, op, value)).toBe(want)
})

test('every way that is offered is read back as the same', () => {
  for (const of of [time, field('choice', ['equals', 'in', 'empty']), field('number', ['gt', 'in'])])
    for (const way of waysOf(of)) {
      const row = compare(newRow('a.b'), of, way)
      expect([of.type, wayOf(of, row.op, row.value)]).toEqual([of.type, way])
    }
})

test('another comparison keeps a value that still fits, and no other', () => {
  const choice = field('choice', ['equals', 'not_equals', 'in'])
  const row = { ...about(newRow(), choice), value: 'closed' }
  expect(compare(row, choice, 'not_equals').value).toBe('closed')
  expect(compare(row, choice, 'in').value).toEqual([])
  expect(shape(choice, 'in')).toBe('several')
})
