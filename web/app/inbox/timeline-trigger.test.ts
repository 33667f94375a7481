import { expect, test } from 'vitest'
import type { TimelineEntry } from '#/api/types'
import { stretchOf } from './timeline-trigger'

const entry = (id: string, type: string, run: string) =>
  ({ id, type, data: { run_id: run } }) as unknown as TimelineEntry

test('the entries of one run tell of its stretches in their order', () => {
  const entries = [
    entry('1', 'trigger', 'a'),
    entry('2', 'lead', 'a'),
    entry('3', 'trigger', 'b'),
    entry('4', 'trigger', 'a'),
  ]
  expect(entries.filter((one) => one.type === 'trigger').map((one) => stretchOf(one, entries))).toEqual([
    0, 0, 1,
  ])
})
