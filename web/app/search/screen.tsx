import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useKeys } from '#/keys/keys'
import { t } from '#/text/text'
import { Empty, Failed, Skeleton } from '#/ui/bits'
import { IconButton } from '#/ui/button'
import { Icon } from '#/ui/icons'
import { useSettled } from '#/ui/settled'
import { SearchFilters } from './filters'
import { filtersOf, type SearchParams, types } from './query'
import { Results } from './results'
import { useResults } from './use-search'
import { createWords, movesHits } from './words'

/** Search over everything: the words, what narrows them, and what was found while they are typed. */
export function SearchScreen() {
  const params = useSearch({ from: '/desk/search' })
  const navigate = useNavigate()
  const router = useRouter()
  const field = useRef<HTMLInputElement>(null)
  const screen = useRef<HTMLElement>(null)
  const [text, setText] = useState(params.q ?? '')
  const [filtering, setFiltering] = useState(filtersOf(params) > 0)
  const settled = useSettled(text.trim())
  const results = useResults({ ...params, q: settled })
  useKeys({
    Slash: () => field.current?.select(),
    KeyU: () => router.history.back(),
    KeyJ: () => move(screen.current, 1),
    KeyK: () => move(screen.current, -1),
  })

  useEffect(() => field.current?.focus(), [])
  // The words follow the address when somebody else has written it: the palette, or the way back.
  const [words] = useState(() => createWords(params.q))
  useEffect(() => {
    const next = words.heard(params.q)
    if (next !== null) setText(next)
  }, [words, params.q])
  // The address follows the words, so that a way back leads to the same results.
  useEffect(() => {
    if (!words.wrote(settled)) return
    void navigate({ to: '/search', search: (old) => ({ ...old, q: settled || undefined }), replace: true })
  }, [words, settled, navigate])

  function onKeyDown(event: KeyboardEvent): void {
    const moves = movesHits(event.target as Element, field.current)
    if (event.key === 'Escape') field.current?.blur()
    else if (event.key === 'ArrowDown' && moves) move(screen.current, 1)
    else if (event.key === 'ArrowUp' && moves) move(screen.current, -1)
    else if (event.key === 'Enter' && event.target === field.current) firstHit(screen.current)?.click()
    else return
    event.preventDefault()
  }

  const found = settled !== ''
  return (
    <main ref={screen} onKeyDown={onKeyDown} className="flex min-h-0 flex-1 flex-col bg-surface">
      <header className="mx-auto w-full max-w-4xl px-3.5 pt-3">
        <h1 className="sr-only">{t('find.title')}</h1>
        <div className="relative flex items-center gap-1.5 pb-2">
          {/* Where there is room it hangs beside the column, whose edge is that of the words, the groups and what is found. */}
          <IconButton
            icon="back"
            label={t('common.back')}
            onClick={() => router.history.back()}
            className="xl:absolute xl:-start-9.5"
          />
          <div className="relative min-w-0 flex-1">
            <Icon name="search" className="pointer-events-none absolute start-3 top-2.75 text-muted" />
            <input
              ref={field}
              type="search"
              aria-label={t('find.label')}
              placeholder={t('find.label')}
              value={text}
              maxLength={200}
              onChange={(event) => setText(event.target.value)}
              className="h-10 w-full rounded-md border border-line-strong bg-surface ps-10 pe-3 focus:border-accent focus:outline-none"
            />
          </div>
          <IconButton
            icon="filter"
            label={t('filter.title')}
            aria-expanded={filtering}
            onClick={() => setFiltering(!filtering)}
          />
        </div>
        {filtering && <SearchFilters params={params} />}
        <Kinds params={params} />
      </header>
      <div className="scroller min-h-0 flex-1 border-line border-t">
        <div className="mx-auto flex min-h-full w-full max-w-4xl flex-col px-0.5 pt-3">
          {!found ? (
            <Empty icon="search" title={t('find.title')}>
              <p>{t('find.help')}</p>
            </Empty>
          ) : results.isError ? (
            <Failed onRetry={() => void results.refetch()} />
          ) : results.isPending ? (
            <Skeleton height="h-14" />
          ) : (
            <Results
              pages={results.data.pages}
              params={params}
              more={results.hasNextPage}
              busy={results.isFetchingNextPage}
              onMore={() => void results.fetchNextPage()}
            />
          )}
        </div>
      </div>
    </main>
  )
}

/** The groups, one of which may be looked at alone. */
function Kinds({ params }: { params: SearchParams }) {
  const navigate = useNavigate()
  return (
    <fieldset className="scroller -mx-1 flex gap-1 px-1 pb-2">
      <legend className="sr-only">{t('find.kind')}</legend>
      {[undefined, ...types].map((type) => (
        <button
          key={type ?? 'all'}
          type="button"
          aria-pressed={params.type === type}
          onClick={() => void navigate({ to: '/search', search: (old) => ({ ...old, type }), replace: true })}
          className={`h-7 shrink-0 rounded-full px-3 text-sm ${params.type === type ? 'bg-accent-soft font-medium text-accent' : 'text-muted hover:bg-hover hover:text-text'}`}
        >
          {type ? t(`find.${type}`) : t('common.all')}
        </button>
      ))}
    </fieldset>
  )
}

function hitsOf(screen: HTMLElement | null): HTMLElement[] {
  return [...(screen?.querySelectorAll<HTMLElement>('[data-hit]') ?? [])]
}

function firstHit(screen: HTMLElement | null): HTMLElement | undefined {
  return hitsOf(screen)[0]
}

/** move puts the focus on the next result, or the one before. */
function move(screen: HTMLElement | null, by: number): void {
  const hits = hitsOf(screen)
  const at = hits.indexOf(document.activeElement as HTMLElement)
  hits[Math.min(Math.max(at + by, 0), hits.length - 1)]?.focus()
}
