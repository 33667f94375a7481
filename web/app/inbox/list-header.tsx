import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ListQuery } from '#/live/lists'
import { useViews } from '#/shell/views'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { Icon } from '#/ui/icons'
import { Menu } from '#/ui/menu'
import { Filters, filterCount } from './filters'
import { WriteButton } from './mail/write-window'

/** Which list this is, search in it, and its filters folded away until wanted. */
export function ListHeader({ query }: { query: ListQuery }) {
  const navigate = useNavigate()
  const [filtering, setFiltering] = useState(false)
  const count = filterCount(query)
  const views = useViews()
  const current = views.find((entry) =>
    query.saved ? entry.saved === query.saved : entry.view === query.view,
  )

  return (
    <header className="flex flex-col border-line border-b">
      <div className="flex h-13 items-center gap-1 ps-3.5 pe-2">
        <h1 dir="auto" className="hidden min-w-0 flex-1 truncate font-semibold text-lg md:block">
          {current?.name}
        </h1>
        <h1 className="min-w-0 flex-1 md:hidden">
          <Menu
            trigger={
              <button
                type="button"
                className="flex max-w-full items-center gap-1 rounded-md font-semibold text-lg"
              >
                <span dir="auto" className="min-w-0 truncate">
                  {current?.name}
                </span>
                <Icon name="down" className="shrink-0 text-muted" />
              </button>
            }
            items={views.map((entry) => ({
              id: entry.id,
              name: entry.name,
              icon: entry.icon,
              chosen: entry === current,
              run: () => void navigate({ to: '/inbox', search: entry.search }),
            }))}
          />
        </h1>
        <Link
          to="/search"
          aria-label={t('keys.search')}
          className="grid size-8 shrink-0 place-items-center rounded-md text-muted md:hidden"
        >
          <Icon name="search" />
        </Link>
        <WriteButton />
        <Search query={query} />
        <span className="relative">
          <IconButton
            icon="filter"
            label={t('filter.title')}
            aria-expanded={filtering}
            onClick={() => setFiltering(!filtering)}
          />
          {count > 0 && (
            <span className="numeric pointer-events-none absolute end-0 top-0 grid size-4 place-items-center rounded-full bg-accent font-semibold text-[0.625rem] text-on-accent">
              {count}
            </span>
          )}
        </span>
      </div>
      {filtering && <Filters query={query} />}
    </header>
  )
}

function Search({ query }: { query: ListQuery }) {
  const navigate = useNavigate()
  const [text, setText] = useState(query.q ?? '')
  useEffect(() => setText(query.q ?? ''), [query.q])

  useEffect(() => {
    if (text.trim() === (query.q ?? '')) return
    const timer = setTimeout(() => {
      void navigate({ to: '.', search: (old) => ({ ...old, q: text.trim() || undefined }), replace: true })
    }, 250)
    return () => clearTimeout(timer)
  }, [text, query.q, navigate])

  return (
    <div className="relative max-md:hidden">
      <Icon name="search" className="pointer-events-none absolute start-1.75 top-1.75 text-muted" />
      <input
        type="search"
        aria-label={t('inbox.search')}
        placeholder={t('inbox.search')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        title={t('inbox.search')}
        // Beside the list's name there is room for a word only while one is typed; until then it is a button like its neighbours.
        className={`${text ? 'w-28 bg-sunken pe-2' : 'w-8 not-focus:cursor-pointer bg-transparent hover:bg-hover'} h-8 rounded-md border border-transparent ps-7.5 text-sm transition-[width] duration-100 focus:w-40 focus:pe-2 focus:border-accent focus:bg-surface focus:outline-none`}
      />
    </div>
  )
}
