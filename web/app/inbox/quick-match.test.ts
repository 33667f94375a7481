import { expect, test } from 'vitest'
import type { QuickReply } from '#/api/types'
import { foldersOf, matching, nextBlank, openBlanks, readable, trigger } from './quick-match'

test.each([
  ['/', ''],
  ['Hello /', ''],
  ['Hello\n/прив', 'прив'],
  ['/как оплатить', 'как оплатить'],
])('%j looks for %j', (before, query) => {
  expect(trigger(before)).toEqual({ query, length: query.length + 1 })
})

test.each(['and/or', '5 / 3', 'https://a.b/c', '/a/b', '/a\n', ''])('%j looks for nothing', (before) => {
  expect(trigger(before)).toBeNull()
})

function reply(change: Partial<QuickReply>): QuickReply {
  const base = { id: '', shortcut: '', name: '', text: '', folder: '', language: '', problem: '' }
  return { ...base, ...change } as QuickReply
}

const list = [
  reply({ id: 'text', name: 'Bill', text: 'Hi there' }),
  reply({ id: 'name', name: 'Say hi', folder: 'Basics' }),
  reply({ id: 'shortcut', shortcut: 'hi', name: 'Greeting' }),
  reply({ id: 'bill', shortcut: 'счёт', name: 'Счёт', folder: 'Деньги' }),
]

test.each([
  ['', '', 'text name shortcut bill'],
  ['HI', '', 'shortcut name text'],
  ['счет', '', 'bill'],
  ['деньги счет', '', 'bill'],
  ['hi nothing', '', ''],
  ['', 'Basics', 'name'],
])('%j in %j finds %j', (query, folder, want) => {
  expect(
    matching(list, query, folder)
      .map((item) => item.id)
      .join(' '),
  ).toBe(want)
})

test('folders by name, each once', () => {
  expect(foldersOf([...list, ...list])).toEqual(['Basics', 'Деньги'])
})

test('what only the writer of a reply needs is not shown', () => {
  const text = 'Hi {{ contact.name | default: "you" }}{% if request.number %}, {{ ask: «номер» }}{% endif %}.'
  expect(readable(text, (name) => name.toUpperCase())).toBe('Hi ‹CONTACT.NAME›, [[номер]].')
})

test('blanks that are open, and where the next one stands', () => {
  const text = 'a [[one]] b [[two]] c[0]'
  expect(openBlanks(text)).toEqual(['one', 'two'])
  expect(nextBlank(text, 0)).toEqual([2, 9])
  expect(nextBlank(text, 3)).toEqual([12, 19])
  expect(nextBlank(text, 19)).toEqual([2, 9])
  expect(nextBlank('none [here]', 0)).toBeNull()
})
