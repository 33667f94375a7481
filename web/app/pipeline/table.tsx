import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Page } from '#/api/types'
import { t } from '#/text/text'
import { Empty, Failed, Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import type { IconName } from '#/ui/icons'
import { Look } from './look'

export interface Column<T> {
  name: string
  /** Hidden on a phone, where the others say enough. */
  wide?: boolean
  /** A line of its own on a phone, where a row is a card: what it is about. */
  line?: boolean
  cell: (item: T) => ReactNode
}

interface RecordsProps<T> {
  title: string
  icon: IconName
  empty: string
  emptyHelp: string
  status: string | undefined
  statuses: { id: string; name: string }[]
  columns: Column<T>[]
  list: UseInfiniteQueryResult<InfiniteData<Page<T>>>
  keyOf: (item: T) => string
}

/** Leads and requests: one heading, one row of statuses, one table. */
export function Records<T>({
  title,
  icon,
  empty,
  emptyHelp,
  status,
  statuses,
  columns,
  list,
  keyOf,
}: RecordsProps<T>) {
  const navigate = useNavigate()
  const items = (list.data?.pages ?? []).flatMap((page) => page.items)
  const tabs = [{ id: '', name: t('common.all') }, ...statuses]
  return (
    <main className="flex min-h-0 flex-1 flex-col bg-surface">
      <header className="flex flex-col gap-x-6 gap-y-1 border-line border-b px-4 py-2.5 sm:h-13 sm:flex-row sm:items-center sm:py-0 md:px-6">
        <h1 className="font-semibold text-lg">{title}</h1>
        <div className="-mx-4 flex gap-0.5 overflow-x-auto px-4 [scrollbar-width:none] max-sm:-ms-6.5 sm:mx-0 sm:px-0">
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              aria-pressed={(status ?? '') === tab.id}
              onClick={() => void navigate({ to: '.', search: tab.id ? { status: tab.id } : {} })}
              className="h-8 shrink-0 rounded-md px-2.5 text-muted focus-visible:-outline-offset-2 hover:text-text aria-pressed:bg-hover aria-pressed:font-medium aria-pressed:text-text"
            >
              {tab.name}
            </button>
          ))}
        </div>
        <Look board={false} />
      </header>
      {list.isError ? (
        <Failed onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Skeleton height="h-12" />
      ) : items.length === 0 ? (
        <Empty icon={icon} title={empty}>
          <p>{emptyHelp}</p>
        </Empty>
      ) : (
        <div className="scroller min-h-0 flex-1">
          <table className="w-full border-separate border-spacing-0 max-md:block">
            <thead className="max-md:sr-only">
              <tr>
                {columns.map((column) => (
                  <th
                    key={column.name}
                    scope="col"
                    className={`sticky top-0 z-10 h-9 border-line border-b bg-surface ps-4 text-start font-medium text-muted text-sm md:first:ps-6 ${column.wide ? 'hidden md:table-cell' : ''}`}
                  >
                    {column.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="max-md:block">
              {items.map((item) => (
                <tr
                  key={keyOf(item)}
                  className="hover:bg-hover max-md:flex max-md:flex-wrap max-md:items-center max-md:justify-between max-md:gap-x-3 max-md:border-line max-md:border-b max-md:px-4 max-md:py-2"
                >
                  {columns.map((column) => (
                    <td
                      key={column.name}
                      className={`min-w-0 md:h-11 md:max-w-64 md:truncate md:border-line md:border-b md:ps-4 md:first:ps-6 ${column.wide ? 'hidden md:table-cell' : ''} ${column.line ? 'max-md:basis-full' : ''}`}
                    >
                      {column.cell(item)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {list.hasNextPage && (
            <div className="p-4 text-center">
              <Button small busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('common.showMore')}
              </Button>
            </div>
          )}
        </div>
      )}
    </main>
  )
}
