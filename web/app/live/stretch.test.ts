import { expect, test } from 'vitest'
import { conversation } from '#/test/fixtures'
import { place } from './lists'
import { emptyState, type List } from './state'
import { begun, forget, further, type ListPage, nearer, rowCount } from './stretch'

const query = { view: 'all' as const }
const length = 10_000

/** A page of fifty, as the server cuts a list whose rows are called after their places. */
function page(from: number): ListPage {
  const items = Array.from({ length: 50 }, (_, at) => conversation(String(from + at)))
  const to = from + items.length
  return { items, prev: from > 0 ? `to ${from}` : '', next: to < length ? `from ${to}` : '' }
}

/** What must hold of a stretch: its rows are those that its place in the list says, and its cursors lead on from them. */
function check(list: List) {
  const before = list.before ?? 0
  // As one word: there are many rows, and this is asked of them after every page.
  expect(list.ids.join()).toBe(Array.from(list.ids, (_, at) => before + at).join())
  expect(list.prev).toBe(before > 0 ? `to ${before}` : '')
  expect(list.next).toBe(before + list.ids.length < length ? `from ${before + list.ids.length}` : '')
  expect(rowCount(list)).toBe(length)
}

test('a stretch moves through a long list, both ways, and stays short', () => {
  let list = begun({ query, length }, page(0))
  while (list.next) {
    list = further(list, page((list.before ?? 0) + list.ids.length))
    check(list)
    expect(list.ids.length).toBeLessThanOrEqual(1_550)
  }
  expect(list.ids.at(-1)).toBe('9999')
  while (list.prev) {
    list = nearer(list, page((list.before ?? 0) - 50))
    check(list)
    expect(list.ids.length).toBeLessThanOrEqual(1_550)
  }
  expect(list.before).toBe(0)
})

test('a jump begins a stretch anew, as long as the list was', () => {
  check(begun(begun({ query, length }, page(0)), page(5_000), 5_000))
})

test('a page that was counted wrongly still begins where the list does', () => {
  const list = nearer({ ...begun({ query, length }, page(50), 70) }, page(0))
  expect([list.before, list.prev]).toEqual([0, ''])
  const short = nearer({ ...begun({ query, length }, page(100), 20) }, page(50))
  expect(short.before).toBe(1)
})

test('what moves out of a stretch to the beginning of the list leaves the others in their places', () => {
  const state = emptyState()
  const at = (minute: number) => ({
    last_message: {
      text: '',
      direction: 'inbound' as const,
      at: `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z`,
    },
  })
  for (const n of [5, 6, 7]) state.conversations.set(String(n), conversation(String(n), at(30 - n)))
  const list: List = { query, ids: ['5', '6', '7'], before: 5, prev: 'p', next: 'n', state: 'ready' }
  const now = conversation('7', at(59))
  state.conversations.set('7', now)
  const rest = place(state, list, now)
  expect(rest).toMatchObject({ ids: ['5', '6'], before: 6 })
  const stranger = conversation('99', at(58))
  state.conversations.set('99', stranger)
  expect(place(state, rest, stranger)).toBe(rest)
  const first = conversation('5', { ...at(25), labels: ['1'] })
  state.conversations.set('5', first)
  expect(place(state, rest, first)).toBe(rest)
})

test('conversations are forgotten once no list holds them and nobody reads them', () => {
  const state = emptyState()
  for (const id of ['1', '2', '3']) state.conversations.set(id, conversation(id))
  state.lists.set('a', begun({ query }, { items: [conversation('1')], next: '' }))
  state.openId = '2'
  forget(state, ['1', '2', '3'])
  expect([...state.conversations.keys()]).toEqual(['1', '2'])
})
