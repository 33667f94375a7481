import type { InfiniteData } from '@tanstack/react-query'
import type { Page } from '#/api/types'

export type Cards<T> = InfiniteData<Page<T>> | undefined

/** take removes a card from a column, as far as it is loaded. */
export function take<T>(column: Cards<T>, is: (item: T) => boolean): Cards<T> {
  if (!column) return column
  return {
    ...column,
    pages: column.pages.map((page) => ({ ...page, items: page.items.filter((item) => !is(item)) })),
  }
}

/** put places a card at the head of a column. */
export function put<T>(column: Cards<T>, card: T): Cards<T> {
  const [first, ...rest] = column?.pages ?? []
  if (!column || !first) return column
  return { ...column, pages: [{ ...first, items: [card, ...first.items] }, ...rest] }
}

/** shift moves the numbers above the columns along, which are capped and so may stay. */
export function shift(counts: Record<string, number>, from: string, to: string): Record<string, number> {
  const add = (n: number | undefined, by: number) => (n === undefined || n >= cap ? (n ?? 0) : n + by)
  return { ...counts, [from]: add(counts[from], -1), [to]: add(counts[to], 1) }
}

/** Where the server stops counting. */
export const cap = 1000

export const shownCount = (n: number): string => (n >= cap ? `${cap - 1}+` : String(n))

/** step is the column beside one; the ends stay where they are. */
export function step(ids: string[], from: string, by: number): string | undefined {
  const at = ids.indexOf(from)
  return at < 0 ? undefined : ids[at + by]
}
