import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadCatalogue } from './text'
import { waited } from './time'

beforeEach(() => vi.stubGlobal('document', { documentElement: {} }))
afterEach(() => vi.unstubAllGlobals())

test.each([
  [0, '', 'calm'],
  [59, '', 'calm'],
  [60, '1 min', 'calm'],
  [11 * 60, '11 min', 'warn'],
  [2 * 3600, '2 h', 'late'],
])('somebody who has waited %i seconds has waited %j', async (seconds, text, tone) => {
  await loadCatalogue('en')
  const since = new Date('2026-11-22T12:00:00Z')
  expect(waited(since.toISOString(), since.getTime() + seconds * 1000)).toEqual({ text, tone })
})
