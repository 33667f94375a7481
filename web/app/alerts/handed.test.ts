import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openConversation } from '#/live/change'
import { emptyThread } from '#/live/load'
import { inbox } from '#/live/store'
import { stubDesk } from '#/test/desk'
import { conversation, message } from '#/test/fixtures'
import { followHanded, type Handed, handedOver, unmark } from './handed'

const told: Handed[] = []
let stop = () => {}
let number = 0
let page: EventTarget

beforeEach(() => {
  told.length = 0
  vi.stubGlobal('document', { hidden: true })
  page = new EventTarget()
  for (const name of ['addEventListener', 'removeEventListener'] as const)
    vi.stubGlobal(name, page[name].bind(page))
  inbox.clear()
  inbox.state.me = '7'
  stop = followHanded((handed) => told.push(handed))
})

afterEach(() => {
  stop()
  vi.unstubAllGlobals()
})

/** server has one conversation of an assignee, with a note. */
function server(assignee: string): void {
  stubDesk((_, path) =>
    path.endsWith('/messages')
      ? { items: [message('3', 2, { kind: 'note', text: 'The blue one' })], pending: [] }
      : conversation('1', { assignee_id: assignee, contact_name: 'Ivan' }),
  )
}

const given = (change = {}) => ({
  id: String(++number),
  kind: 'assigned',
  badge: true,
  by_id: '9',
  ...change,
})
const marked = () => JSON.parse(localStorage.getItem('parley.handed.7.all') ?? '{}')

test('who hands over and their note are told of once, and the row is marked until it is opened', async () => {
  server('7')
  const one = given({ message_id: '3' })
  await handedOver(one, '1')
  await handedOver(one, '1')
  expect(told).toEqual([{ conversation: '1', contact: 'Ivan', by: '9', note: 'The blue one' }])
  expect(marked()).toEqual({ 1: '9' })
  openConversation(inbox.state, '1')
  unmark('1')
  expect(marked()).toEqual({})
})

test('without a note nothing of the thread is read', async () => {
  server('7')
  await handedOver(given(), '1')
  expect(told).toMatchObject([{ note: '' }])
  expect(inbox.state.threads.get('1') ?? emptyThread).toBe(emptyThread)
})

test.each([
  ['by nobody', { by_id: null }, '7'],
  ['of another kind', { kind: 'message' }, '7'],
  ['where one wishes to see none', { badge: false }, '7'],
  ['which somebody else has by now', {}, '8'],
])('nobody is told of one %s', async (_, change, assignee) => {
  server(assignee)
  await handedOver(given(change), '1')
  expect(told).toEqual([])
})

test('what is open already is told of, not marked', async () => {
  server('7')
  openConversation(inbox.state, '1')
  await handedOver(given(), '1')
  expect(told).toHaveLength(1)
  expect(marked()).toEqual({})
})

test('what another tab has opened is marked no more', async () => {
  server('7')
  await handedOver(given(), '1')
  expect(marked()).toMatchObject({ 1: '9' })
  localStorage.setItem('parley.handed.7.all', '{}')
  page.dispatchEvent(Object.assign(new Event('storage'), { key: 'parley.handed.7.all' }))
  await handedOver(given(), '2')
  expect(marked()).toEqual({ 2: '9' })
})

test('what is given again by nobody is from nobody', async () => {
  server('7')
  await handedOver(given(), '1')
  expect(marked()).toMatchObject({ 1: '9' })
  await handedOver(given({ by_id: null }), '1')
  expect(marked()).not.toHaveProperty('1')
})
