import { expect, test } from 'vitest'
import { matches } from './matching'

const people = { name: 'People', words: 'invite colleague user role' }

test.each([
  ['', true],
  ['eop', true],
  ['invite', true],
  ['inv coll', true],
  ['people role', true],
  ['vite', false],
  ['invite mailbox', false],
])('people are found by %j: %s', (typed, want) => {
  expect(matches(people, typed)).toBe(want)
})

test('without further words only the name counts, anywhere in it', () => {
  expect(matches({ name: 'Close and go to the next' }, 'go to')).toBe(true)
  expect(matches({ name: 'Close and go to the next' }, 'next close')).toBe(false)
})

test('ё and е are one letter', () => {
  expect(matches({ name: 'Тёмные цвета' }, 'темные')).toBe(true)
  expect(matches({ name: 'Каналы', words: 'почта' }, 'ПОЧТ')).toBe(true)
})
