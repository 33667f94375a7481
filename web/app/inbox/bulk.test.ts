import { describe, expect, it } from 'vitest'
import type { Conversation } from '#/api/types'
import { backOf, inPieces } from './bulk'
import { extend, toggle } from './selection'

const some = (id: string, change: Partial<Conversation> = {}) =>
  ({
    id,
    status: 'open',
    priority: 'normal',
    assignee_id: null,
    team_id: null,
    labels: ['1'],
    snoozed_until: null,
    unanswered: true,
    subject: '',
    ...change,
  }) as Conversation

describe('bulk changes', () => {
  it('take each back to what it was', () => {
    const a = some('a', { priority: 'high' })
    const b = some('b', { labels: [] })
    const closed = (one: Conversation) => ({ ...one, status: 'closed' as const, unanswered: false })
    const back = backOf(
      new Map([
        ['a', a],
        ['b', b],
      ]),
      { status: 'closed', add_labels: ['2'] },
      [closed(a), closed(b)],
    )
    expect(back).toEqual([
      { ids: ['a'], status: 'open', snoozed_until: null, unanswered: true, labels: ['1'] },
      { ids: ['b'], status: 'open', snoozed_until: null, unanswered: true, labels: [] },
    ])
  })

  it('go in pieces that the server takes', () => {
    expect(inPieces(Array.from({ length: 401 })).map((piece) => piece.length)).toEqual([200, 200, 1])
    expect(inPieces([])).toEqual([])
  })
})

describe('selection', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  it('toggles one and extends to a range in either direction', () => {
    const one = toggle(new Set(), 'd')
    expect([...one]).toEqual(['d'])
    expect([...extend(one, ids, 'd', 'b')].sort()).toEqual(['b', 'c', 'd'])
    expect([...extend(one, ids, 'd', 'e')].sort()).toEqual(['d', 'e'])
    expect([...extend(one, ids, 'gone', 'a')].sort()).toEqual(['a', 'd'])
    expect([...toggle(one, 'd')]).toEqual([])
  })
})
