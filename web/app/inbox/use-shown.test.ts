import { expect, test } from 'vitest'
import { message } from '#/test/fixtures'
import { around, atTheEnd, type Bounds, down, drawn, drawnMost, up } from './use-shown'

const thread = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => message(String(from + at), from + at))

/** The seqs at both ends of what is drawn. */
function ends(items: ReturnType<typeof thread>, bounds: Bounds) {
  const { from, to } = drawn(items, bounds)
  expect(to - from).toBeLessThanOrEqual(drawnMost)
  return [items[from]?.seq, items[to - 1]?.seq]
}

test('a short thread is drawn whole', () => {
  const items = thread(1, 30)
  expect(ends(items, atTheEnd)).toEqual([1, 30])
  expect([up(items, drawn(items, atTheEnd)), down(items, drawn(items, atTheEnd))]).toEqual([null, null])
})

test('a long one is walked to its beginning and back, and every message is drawn on the way', () => {
  const items = thread(1, 1_000)
  const seen = new Set<number>()
  let bounds = atTheEnd
  for (let next: Bounds | null = bounds; next; next = up(items, drawn(items, bounds))) {
    bounds = next
    const [first = 0, last = 0] = ends(items, bounds).map(Number)
    for (let seq = first; seq <= last; seq++) seen.add(seq)
  }
  expect(ends(items, bounds)[0]).toBe(1)
  expect(seen.size).toBe(1_000)
  for (let next = down(items, drawn(items, bounds)); next; next = down(items, drawn(items, bounds)))
    bounds = next
  expect(bounds.last).toBeNull()
  expect(ends(items, bounds)[1]).toBe(1_000)
})

test('older messages that were read and newer ones that came move nothing that is looked at', () => {
  const bounds = around(thread(400, 1_000), 600)
  const before = ends(thread(400, 1_000), bounds)
  expect(before).toEqual([550, 649])
  expect(ends(thread(350, 1_010), bounds)).toEqual(before)
})

test('at the end new messages are drawn, and the first ones give way', () => {
  expect(ends(thread(1, 500), atTheEnd)).toEqual([401, 500])
  const bounds = { first: 401, last: null }
  expect(ends(thread(1, 700), bounds)).toEqual([501, 700])
})
