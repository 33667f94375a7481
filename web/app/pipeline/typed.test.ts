import { expect, test } from 'vitest'
import { follow, toKeep, type, untouched } from './typed'

test('an untouched field follows what a colleague has stored', () => {
  expect(follow(untouched('broken'), 'mended')).toEqual(untouched('mended'))
})

test('what somebody is typing stays when a colleague stores another text, and is kept over it', () => {
  const field = follow(type(untouched('broken'), 'broken glass '), 'mended')
  expect(field.text).toBe('broken glass ')
  expect(toKeep(field)).toBe('broken glass')
})

test('what was left is not kept twice, and the stored form takes its place', () => {
  const left = { ...type(untouched('0'), '12.4'), touched: false }
  expect(toKeep(left)).toBeNull()
  expect(follow(left, '12').text).toBe('12')
})

test.each([
  ['nothing typed', untouched('a')],
  ['typed and taken back', type(type(untouched('a'), 'ab'), 'a')],
  ['spaces alone', type(untouched('a'), ' a ')],
])('%s: nothing to keep', (_, field) => {
  expect(toKeep(field)).toBeNull()
})
