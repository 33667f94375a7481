import { expect, test } from 'vitest'
import type { TimelineEntry } from '#/api/types'
import { fold } from './timeline-fold'

let id = 0

function entry(type: string, data: TimelineEntry['data'], second = 0, by = '7'): TimelineEntry {
  const at = new Date(Date.UTC(2026, 10, 22, 12, 0, second)).toISOString()
  const cause = { kind: 'agent', id: by, name: 'Anna' } as TimelineEntry['cause']
  return { id: String(++id), at, type, cause, data, message: null }
}

const said = (...entries: TimelineEntry[]) =>
  fold(entries).map(({ entry, takenBack }) => `${entry.type}${takenBack ? ' back' : ''}`)

test('who takes one is told of in one line', () => {
  const taken = entry('assignment', { from: null, to: '7' })
  expect(said(taken, entry('routing', { agent_id: '7', reason: 'claimed' }))).toEqual(['routing'])
  expect(said(taken, entry('routing', { agent_id: '8', reason: 'even_turns' }))).toEqual([
    'assignment',
    'routing',
  ])
})

test('who takes one and gives it back is told of in one line', () => {
  const taken = entry('assignment', { from: null, to: '7' })
  const claimed = entry('routing', { agent_id: '7', reason: 'claimed' })
  const back = entry('assignment', { from: '7', to: null }, 5)
  expect(said(taken, claimed, back)).toEqual(['routing back'])
  expect(said(claimed, taken, back)).toEqual(['routing back'])
})

test.each([
  [
    'a deed and its undoing',
    [entry('status', { from: 'open', to: 'closed' }), entry('status', { from: 'closed', to: 'open' }, 5)],
    ['status back'],
  ],
  [
    'labels',
    [entry('label', { from: [], to: ['1'] }), entry('label', { from: ['1'], to: [] }, 5)],
    ['label back'],
  ],
  [
    'a merge',
    [
      entry('merge', { merge_id: '3', number: 2 }),
      entry('merge', { merge_id: '3', number: 2, undone: true }, 9),
    ],
    ['merge back'],
  ],
  [
    'a merge of others',
    [entry('merge', { merge_id: '3' }), entry('merge', { merge_id: '4', undone: true }, 9)],
    ['merge', 'merge'],
  ],
  [
    'a merge whose undoing comes after another one',
    [
      entry('merge', { merge_id: '3' }),
      entry('merge', { merge_id: '4' }, 3),
      entry('merge', { merge_id: '3', undone: true }, 9),
    ],
    ['merge back', 'merge'],
  ],
  [
    'a note that was deleted and brought back',
    [entry('deleted', { message_id: '3', note: true }), entry('restored', { message_id: '3' }, 9)],
    ['deleted back'],
  ],
  [
    'a note that was brought back and deleted again',
    [
      entry('deleted', { message_id: '3', note: true }),
      entry('restored', { message_id: '3' }, 5),
      entry('deleted', { message_id: '3', note: true }, 9),
    ],
    ['deleted back', 'deleted'],
  ],
  [
    'another note that was brought back',
    [entry('deleted', { message_id: '3', note: true }), entry('restored', { message_id: '4' }, 9)],
    ['deleted', 'restored'],
  ],
  [
    'what goes on',
    [entry('priority', { from: 'low', to: 'high' }), entry('priority', { from: 'high', to: 'urgent' }, 5)],
    ['priority', 'priority'],
  ],
  [
    'what a colleague put back',
    [entry('assignment', { from: null, to: '7' }), entry('assignment', { from: '7', to: null }, 5, '8')],
    ['assignment', 'assignment'],
  ],
  [
    'what was put back an hour later',
    [entry('status', { from: 'open', to: 'closed' }), entry('status', { from: 'closed', to: 'open' }, 3600)],
    ['status', 'status'],
  ],
  [
    'done, taken back and done again',
    [
      entry('status', { from: 'open', to: 'closed' }),
      entry('status', { from: 'closed', to: 'open' }, 5),
      entry('status', { from: 'open', to: 'closed' }, 9),
    ],
    ['status back', 'status'],
  ],
])('%s', (_, entries, want) => {
  expect(said(...entries)).toEqual(want)
})
