import { expect, test } from 'vitest'
import { startOf } from '#/api/search'
import { filtersOf, readJump, readSearch } from './query'

test('an address keeps what search understands and nothing else', () => {
  expect(
    readSearch({ q: 'счёт', type: 'files', status: 'closed', files: 'true', from: '2026-01-31' }),
  ).toEqual({
    q: 'счёт',
    type: 'files',
    status: 'closed',
    files: true,
    from: '2026-01-31',
  })
  expect(readSearch({ q: 1042, assignee: 'me', team: 'none', label: 7 })).toEqual({
    q: '1042',
    assignee: 'me',
    team: 'none',
    label: '7',
  })
  expect(
    readSearch({ q: '', type: 'people;', status: 'all', account: 'x', team: 'me', from: 'today', files: 1 }),
  ).toEqual({})
  expect(filtersOf(readSearch({ q: 'a', label: '7', to: '2026-01-01' }))).toBe(2)
})

test('a message is pointed at by its place alone', () => {
  expect(readJump({ message: '12' })).toEqual({ message: 12 })
  for (const message of ['', '0', '-3', '1.5', 'last', '9'.repeat(30)])
    expect(readJump({ message })).toEqual({})
})

test('the last day belongs to the time', () => {
  expect(startOf('2026-01-31', 1)).toBe(new Date(2026, 1, 1).toISOString())
  expect(startOf('2026-02-01', 0)).toBe(new Date(2026, 1, 1).toISOString())
})
