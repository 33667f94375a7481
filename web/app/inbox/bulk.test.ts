import { afterEach, describe, expect, it, vi } from 'vitest'
import { changeConversations } from '#/api/bulk'
import type { Conversation } from '#/api/types'
import { inbox } from '#/live/store'
import { say } from '#/ui/toast'
import { backOf, changeMany, inPieces } from './bulk'
import { extend, toggle, within } from './selection'

vi.mock('#/api/bulk', async (original) => ({ ...(await original()), changeConversations: vi.fn() }))
vi.mock('#/ui/toast', () => ({ say: vi.fn() }))
vi.mock('#/live/load', () => ({ loadCounts: vi.fn() }))

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

afterEach(() => {
  vi.unstubAllGlobals()
  inbox.state.conversations.clear()
})

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
    const left = { status: 'closed', snoozed_until: null }
    expect(back).toEqual([
      { ids: ['a'], status: 'open', snoozed_until: null, unanswered: true, was: left, remove_labels: ['2'] },
      { ids: ['b'], status: 'open', snoozed_until: null, unanswered: true, was: left, remove_labels: ['2'] },
    ])
  })

  it('take off only the labels they put on, and put on only those they took off', () => {
    const before = new Map([
      ['a', some('a', { labels: ['1', '2'] })],
      ['b', some('b', { labels: ['1'] })],
    ])
    const after = [...before.values()].map((one) => ({ ...one, labels: [...one.labels, '9'] }))
    expect(backOf(before, { add_labels: ['2'] }, after)).toEqual([{ ids: ['b'], remove_labels: ['2'] }])
    expect(backOf(before, { remove_labels: ['2'] }, after)).toEqual([{ ids: ['a'], add_labels: ['2'] }])
  })

  it('say how many were changed, and name those that were not', async () => {
    vi.stubGlobal('document', { hidden: true })
    for (const id of ['a', 'b', 'c']) inbox.state.conversations.set(id, some(id, { clocks: [] }))
    vi.mocked(changeConversations).mockResolvedValueOnce({
      items: [some('b', { clocks: [], status: 'closed' })],
      failed: [
        { id: 'a', code: 'forbidden', detail: 'No.' },
        { id: 'c', code: 'forbidden', detail: 'No.' },
      ],
    } as never)
    const left = await changeMany(['a', 'b', 'c'], { status: 'closed' }, (n) => `closed ${n}`)
    expect(left).toEqual(['a', 'c'])
    expect(vi.mocked(say).mock.calls.map(([text]) => text)).toContain('closed 1')
  })

  it('go in pieces that the server takes', () => {
    expect(inPieces(Array.from({ length: 401 })).map((piece) => piece.length)).toEqual([200, 200, 1])
    expect(inPieces([])).toEqual([])
  })
})

describe('selection', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  it('keeps only what the list still shows', () => {
    expect([...within(new Set(['b', 'gone', 'd']), ids)]).toEqual(['b', 'd'])
    expect(within(new Set(['gone']), ids).size).toBe(0)
  })
  it('toggles one and extends to a range in either direction', () => {
    const one = toggle(new Set(), 'd')
    expect([...one]).toEqual(['d'])
    expect([...extend(one, ids, 'd', 'b')].sort()).toEqual(['b', 'c', 'd'])
    expect([...extend(one, ids, 'd', 'e')].sort()).toEqual(['d', 'e'])
    expect([...extend(one, ids, 'gone', 'a')].sort()).toEqual(['a', 'd'])
    expect([...toggle(one, 'd')]).toEqual([])
  })
})
