import { afterEach, beforeEach, expect, test, vi } from 'vitest'
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
const page = (remove = async (id: string) => void removed.push(id)) =>
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
  expect(removed).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  bin.emptyAll()
  expect([removed, kept.size]).toEqual([['1'], 0])
  expect(bin.take({ id: '1' })).toBe(false)
})

test('brought back it stays', async () => {
  const bin = page()
  bin.put({ id: '1' })
  expect(bin.take({ id: '1' })).toBe(true)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(removed).toEqual([])
})

test('what a closed page has not come to goes with the next one of the same person', () => {
  const before = page()
  before.put({ id: '1' })
  before.leave()
  owner = 'bob'
  page().emptyAll()
  expect(removed).toEqual([])
  owner = 'ann'
  page().emptyAll()
  expect(removed).toEqual(['1'])
})

test('what the server refuses is told', async () => {
  const bin = page(() => Promise.reject(new Error('no')))
  bin.put({ id: '1' })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toEqual(['1'])
})
