import { expect, test } from 'vitest'
import en from './en'
import { measure } from './measure'
import { type Phrase, render } from './phrase'
import ru from './ru'

const holes = (phrase: Phrase) => [...new Set(JSON.stringify(phrase).match(/\{(\w+)\}/g))].sort().join()

test('both languages have the same phrases with the same holes', () => {
  expect(Object.keys(ru).sort()).toEqual(Object.keys(en).sort())
  for (const key of Object.keys(en) as (keyof typeof en)[])
    expect([key, holes(ru[key])]).toEqual([key, holes(en[key])])
})

test('a Russian plural has every form', () => {
  for (const [key, phrase] of Object.entries(ru as Record<string, Phrase>)) {
    if (typeof phrase !== 'string')
      expect([key, Object.keys(phrase)]).toEqual([key, ['one', 'few', 'many', 'other']])
  }
})

test.each([
  [1, '1 новое сообщение'],
  [3, '3 новых сообщения'],
  [5, '5 новых сообщений'],
  [11, '11 новых сообщений'],
  [21, '21 новое сообщение'],
])('%i in Russian', (n, want) => {
  expect(render(ru['thread.newBelow'], 'ru', { n })).toBe(want)
})

test('English plurals, numbers by language, and a value is never taken for a hole', () => {
  expect(render(en['thread.newBelow'], 'en', { n: 1 })).toBe('1 new message')
  expect(render(en['thread.newBelow'], 'en', { n: 1200 })).toBe('1,200 new messages')
  expect(render('{a} {b}', 'en', { a: '{b}', b: 'x' })).toBe('{b} x')
})

test.each([
  ['runes', '😀я', 2],
  ['utf16', '😀я', 3],
  ['bytes', '😀я', 6],
  ['segments', '', 0],
  ['segments', 'a'.repeat(160), 1],
  ['segments', 'a'.repeat(161), 2],
  ['segments', '€'.repeat(80), 1],
  ['segments', '€'.repeat(81), 2],
  ['segments', 'я'.repeat(70), 1],
  ['segments', 'я'.repeat(71), 2],
] as const)('%s of %j', (unit, text, want) => {
  expect(measure(text, unit)).toBe(want)
})
