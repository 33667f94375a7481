import { describe, expect, it } from 'vitest'
import { put, shift, shownCount, step, take } from './board-state'

const column = (...ids: string[]) => ({
  pageParams: ['', 'next'],
  pages: [
    { items: ids.slice(0, 2), next: 'next' },
    { items: ids.slice(2), next: '' },
  ],
})
const items = (cards: ReturnType<typeof column> | undefined) => cards?.pages.flatMap((page) => page.items)

describe('board', () => {
  it('moves a card from any page of one column to the head of another', () => {
    expect(items(take(column('a', 'b', 'c'), (id) => id === 'c') as ReturnType<typeof column>)).toEqual([
      'a',
      'b',
    ])
    expect(items(put(column('a', 'b', 'c'), 'd') as ReturnType<typeof column>)).toEqual(['d', 'a', 'b', 'c'])
    expect(take(undefined, () => true)).toBeUndefined()
    expect(put(undefined, 'a')).toBeUndefined()
  })

  it('counts along, but not past what is capped', () => {
    expect(shift({ a: 3, b: 0 }, 'a', 'b')).toEqual({ a: 2, b: 1 })
    expect(shift({ a: 1000, b: 5 }, 'a', 'b')).toEqual({ a: 1000, b: 6 })
    expect([shownCount(999), shownCount(1000)]).toEqual(['999', '999+'])
  })

  it('steps to the column beside and not past the ends', () => {
    expect(step(['a', 'b'], 'a', 1)).toBe('b')
    expect(step(['a', 'b'], 'b', 1)).toBeUndefined()
    expect(step(['a', 'b'], 'a', -1)).toBeUndefined()
  })
})
