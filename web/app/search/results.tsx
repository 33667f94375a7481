import { Link } from '@tanstack/react-router'
import type { SearchHit, SearchResult, SearchType } from '#/api/search'
import { t } from '#/text/text'
import { Empty } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Hit } from './hit'
import { filtersOf, type SearchParams, types } from './query'

const groupOf: Record<SearchHit['type'], SearchType> = {
  conversation: 'numbers',
  request: 'numbers',
  contact: 'people',
  message: 'messages',
  file: 'files',
}

interface ResultsProps {
  pages: SearchResult[]
  params: SearchParams
  more: boolean
  busy: boolean
  onMore: () => void
}

/** What was found, by groups; of one group, page after page. */
export function Results({ pages, params, more, busy, onMore }: ResultsProps) {
  const hits = pages.flatMap((page) => page.items)
  const filling = pages.at(-1)?.filling ?? false
  const groups = types
    .map((type) => ({ type, hits: hits.filter((hit) => groupOf[hit.type as SearchHit['type']] === type) }))
    .filter((group) => group.hits.length > 0)
  return (
    <div className="flex flex-col gap-4 pb-8">
      <p role="status" className="sr-only">
        {t('find.found', { n: hits.length })}
      </p>
      {filling && (
        <p className="rounded-md bg-warn-soft px-3 py-1.5 text-sm text-warn">{t('find.filling')}</p>
      )}
      {groups.map(({ type, hits: list }) => (
        <section key={type} aria-labelledby={`found-${type}`}>
          <h2 id={`found-${type}`} className="px-3 pb-1 font-medium text-muted text-sm">
            {t(`find.${type}`)}
          </h2>
          <ul>
            {list.map((hit) => (
              <Hit key={`${hit.type}:${hit.id}:${hit.file?.id ?? ''}`} hit={hit} />
            ))}
          </ul>
          {!params.type && pages[0]?.more.includes(type) && (
            <Link
              to="/search"
              search={(old) => ({ ...old, type })}
              className="mx-3 mt-1 inline-flex min-h-6 items-center font-medium text-accent text-sm hover:underline"
            >
              {t('find.all', { what: t(`find.${type}`) })}
            </Link>
          )}
        </section>
      ))}
      {hits.length === 0 && !more && (
        <Empty icon="search" title={t('common.nothingFound')}>
          <p>{filtersOf(params) > 0 ? t('find.emptyFiltered') : t('find.emptyHelp')}</p>
        </Empty>
      )}
      {more && (
        <div className="text-center">
          <Button small busy={busy} onClick={onMore}>
            {t(hits.length > 0 ? 'common.showMore' : 'find.further')}
          </Button>
        </div>
      )}
    </div>
  )
}
