import { expect, test } from 'vitest'
import { meant, named, naming, sees } from './mention-match'

const people = [
  { id: '1', name: 'Ann Lee' },
  { id: '2', name: 'Пётр Иванов' },
  { id: '3', name: 'ليلى حسن' },
  { id: '4', name: 'Ann Smith' },
]
const text = (words: string) => named(words, people).map(({ start, end }) => words.slice(start, end))

test.each([
  ['@', { query: '', length: 1 }],
  ['see @Пё', { query: 'Пё', length: 3 }],
  ['(@ann l', { query: 'ann l', length: 6 }],
  ['@ ', null],
  ['jane@bob', null],
  ['nothing', null],
  ['@ann\n', null],
])('%j before the cursor', (before, want) => {
  expect(naming(before)).toEqual(want)
})

test('whoever has a word that begins so is meant, in any alphabet, and ё is е', () => {
  const names = (query: string) => meant(people, query).map((person) => person.name)
  expect(names('пет')).toEqual(['Пётр Иванов'])
  expect(names('ив')).toEqual(['Пётр Иванов'])
  expect(names('لي')).toEqual(['ليلى حسن'])
  expect(names('ann')).toEqual(['Ann Lee', 'Ann Smith'])
  expect(names('lee')).toEqual(['Ann Lee'])
  expect(names('')).toHaveLength(4)
  expect(names('zzz')).toEqual([])
})

test('a text names as the server reads it', () => {
  expect(text('@Ann Lee, ask @петр!')).toEqual(['@Ann Lee', '@петр'])
  expect(text('اسأل @ليلى حسن غدًا')).toEqual(['@ليلى حسن'])
  expect(text('@Ann is two people, @Petrov nobody, jane@ann lee.example an address')).toEqual([])
  expect(text('@Ann Leeson is somebody else')).toEqual([])
})

const agent = { id: '1', role: 'agent' as const, team_ids: ['10'] }
const talk = { account_id: '5', assignee_id: null, team_id: '10' }

test.each([
  ['all', [], { team_id: '11' }, true],
  ['all', ['6'], {}, false],
  ['team', [], {}, true],
  ['team', [], { team_id: null }, true],
  ['team', [], { team_id: '11' }, false],
  ['team', [], { team_id: '11', assignee_id: '1' }, true],
  ['own', [], {}, false],
  ['own', ['5'], { assignee_id: '1' }, true],
] as const)('who sees %s of %j sees %j: %s', (conversations, account_ids, change, want) => {
  expect(
    sees({ ...agent, access: { conversations, account_ids: [...account_ids] } }, { ...talk, ...change }),
  ).toBe(want)
})

test('an administrator sees everything', () => {
  const access = { conversations: 'own' as const, account_ids: ['6'] }
  expect(sees({ ...agent, role: 'admin', access }, talk)).toBe(true)
})
