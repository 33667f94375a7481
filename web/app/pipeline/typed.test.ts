import { expect, test } from 'vitest'
import { type Form, follow, kept, refused, sent, toKeep, type, untouched } from './typed'

const words: Form<string> = { show: (text) => text, read: (text) => text }
const whole: Form<number> = { show: String, read: (text) => Math.round(Number(text)) }
const plain = (text: string) => untouched(text, words)

test('an untouched field follows what a colleague has stored', () => {
  expect(follow(plain('broken'), 'mended', words)).toEqual(plain('mended'))
})

test('what somebody is typing stays when a colleague stores another text, and is kept as a change of what was seen', () => {
  const field = follow(type(plain('broken'), 'broken glass '), 'mended', words)
  expect(field.text).toBe('broken glass ')
  expect(toKeep(field, words)).toBe('broken glass')
  expect(type(field, 'broken glasses').seen).toBe('broken')
})

test('what is on its way stays too, and is not sent twice', () => {
  const field = follow(sent(type(plain('broken'), 'glass')), 'mended', words)
  expect(field.text).toBe('glass')
  expect(toKeep(type(field, 'glasses'), words)).toBeNull()
  expect(follow(kept(sent(type(plain('broken'), 'glass')), 'glass', words), 'glass', words)).toEqual(
    plain('glass'),
  )
})

test('what is typed while the last text is on its way is a change of that one', () => {
  const field = kept(type(sent(type(plain('broken'), 'glass')), 'glasses'), 'glass', words)
  expect([field.seen, toKeep(field, words)]).toEqual(['glass', 'glasses'])
})

test('what was not stored stays typed, as a change of what was seen', () => {
  const field = follow(refused(sent(type(plain('broken'), 'glass'))), 'mended', words)
  expect([field.text, field.seen, toKeep(field, words)]).toEqual(['glass', 'broken', 'glass'])
})

test('the stored form takes the place of what was left', () => {
  const left = kept(sent(type(untouched(0, whole), '12.4')), 12, whole)
  expect(toKeep(left, whole)).toBeNull()
  expect(follow(left, 12, whole).text).toBe('12')
})

test.each([
  ['nothing typed', plain('a')],
  ['typed and taken back', type(type(plain('a'), 'ab'), 'a')],
  ['spaces alone', type(plain('a'), ' a ')],
  ['what a colleague has stored by now', follow(type(plain('a'), 'b'), 'b', words)],
  ['typed and taken back, while a colleague stored another', follow(type(plain('a'), 'a '), 'b', words)],
])('%s: nothing to keep', (_, field) => {
  expect(toKeep(field, words)).toBeNull()
})
