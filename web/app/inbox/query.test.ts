import { expect, test } from 'vitest'
import { readListQuery } from './query'

test('defaults stay out of the address', () => {
  expect(readListQuery({ view: 'unanswered', status: 'open', sort: 'newest' })).toEqual({})
  expect(readListQuery({ view: 'mine', status: 'closed', sort: 'due', unread: 'true' })).toEqual({
    view: 'mine',
    status: 'closed',
    sort: 'due',
    unread: true,
  })
})

test('beside a saved view, which has its own, they are a choice', () => {
  expect(readListQuery({ saved: 5, status: 'open', sort: 'newest' })).toEqual({
    saved: '5',
    status: 'open',
    sort: 'newest',
  })
})

test('what the inbox does not know is left out', () => {
  expect(readListQuery({ view: 'x', status: 'y', sort: 'z', q: '', other: 1 })).toEqual({})
})
