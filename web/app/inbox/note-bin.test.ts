import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '#/api/problem'
import { createNoteBin } from './note-bin'

let kept: Map<string, string>
let owner: string
const removed: string[] = []
const refused: string[] = []
const shelf = () => ({
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
  key: (at: number) => [...kept.keys()][at] ?? null,
  get length() {
    return kept.size
  },
})
const page = (remove: (id: string) => Promise<unknown> = async (id) => removed.push(id)) =>
  createNoteBin({ remove, shelf, owner: () => owner, onRefused: (id) => void refused.push(id) })

beforeEach(() => {
  vi.useFakeTimers()
  kept = new Map()
  owner = 'ann'
  removed.length = 0
  refused.length = 0
})
afterEach(() => vi.useRealTimers())

test('a note goes after ten seconds, and once', async () => {
  const bin = page()
  bin.put({ id: '1' })
  await vi.advanceTimersByTimeAsync(9_999)
  expect([removed, bin.holds('1')]).toEqual([[], true])
  await vi.advanceTimersByTimeAsync(1)
  await bin.emptyOwn()
  expect([removed, kept.size, bin.holds('1')]).toEqual([['1'], 0, false])
  expect(bin.take({ id: '1' })).toBe(false)
})

test('brought back it stays', async () => {
  const bin = page()
  bin.put({ id: '1' })
  expect(bin.take({ id: '1' })).toBe(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect([removed, bin.holds('1')]).toEqual([[], false])
})

test('another window takes nothing away that can still be brought back', async () => {
  const bin = page()
  bin.put({ id: '1' })
  const other = page()
  other.takeUp()
  await other.emptyOwn()
  await vi.advanceTimersByTimeAsync(9_000)
  expect(removed).toEqual([])
  expect(bin.take({ id: '1' })).toBe(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(removed).toEqual([])
})

test('what a closed page has not come to goes with the next one of the same person', async () => {
  const before = page()
  before.put({ id: '1' })
  before.leave()
  owner = 'bob'
  page().takeUp()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(removed).toEqual([])
  owner = 'ann'
  page().takeUp()
  await vi.advanceTimersByTimeAsync(0)
  expect(removed).toEqual(['1'])
})

test('without a connection it is tried again, over a new page too', async () => {
  let answers = false
  const remove = (id: string) => {
    if (!answers) return Promise.reject(new Problem(0, {}))
    removed.push(id)
    return Promise.resolve()
  }
  const bin = page(remove)
  bin.put({ id: '1' })
  await vi.advanceTimersByTimeAsync(10_000)
  expect([kept.size, refused]).toEqual([1, []])
  answers = true
  await vi.advanceTimersByTimeAsync(10_000)
  expect([removed, kept.size]).toEqual([['1'], 0])
})

test('what the server refuses for good is told, and not tried again', async () => {
  const bin = page(() => Promise.reject(new Problem(403, {})))
  bin.put({ id: '1' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect([refused, kept.size]).toEqual([['1'], 0])
})
