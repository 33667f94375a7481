import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { conversations } from '#/api/inbox'
import type { ListQuery } from '#/live/lists'
import { useInbox } from '#/live/store'
import { useFirstSteps } from '#/shell/first-steps'
import { views } from '#/shell/views'
import { t } from '#/text/text'
import { Empty } from '#/ui/bits'

/** An empty list says whether that is good news, and what to do next. */
export function ListEmpty({ query }: { query: ListQuery }) {
  const total = useInbox((state) => state.counts?.all ?? 0)
  const filtered = query.q || query.account || query.team || query.label || query.unread || query.status
  if (filtered) {
    return (
      <Empty icon="filter" title={t('empty.filtered')}>
        <p>{t('empty.filteredHelp')}</p>
        <Link
          to="/inbox"
          search={{ view: query.view, saved: query.saved }}
          className="inline-flex min-h-6 items-center font-medium text-accent hover:underline"
        >
          {t('filter.clear')}
        </Link>
      </Empty>
    )
  }
  if (query.saved) {
    return (
      <Empty icon="check" title={t('empty.saved')}>
        <p>{t('empty.savedHelp')}</p>
      </Empty>
    )
  }
  if (query.view === 'following' || query.view === 'snoozed' || query.view === 'spam') {
    return (
      <Empty
        icon={views.find((entry) => entry.view === query.view)?.icon ?? 'eye'}
        title={t(`empty.${query.view}`)}
      >
        <p>{t(`empty.${query.view}Help`)}</p>
      </Empty>
    )
  }
  if (total > 0 && query.view !== 'all') {
    const view = views.find((entry) => entry.view === query.view)
    return (
      <Empty icon="check" title={view?.empty() ?? ''}>
        <Link
          to="/inbox"
          search={{ view: 'all' }}
          className="inline-flex min-h-6 items-center font-medium text-accent hover:underline"
        >
          {t('empty.seeAll', { n: total })}
        </Link>
      </Empty>
    )
  }
  return <NothingOpen />
}

/** Nothing is open anywhere: either all are closed, as those of earlier mail are, or nobody has written yet. */
function NothingOpen() {
  const closed = useQuery({
    queryKey: ['conversations', 'any closed'],
    queryFn: ({ signal }) => conversations.list({ status: 'closed', limit: 1 }, signal),
    // The last one may have been closed this moment.
    refetchOnMount: 'always',
  })
  const steps = useFirstSteps()
  if (closed.isPending) return null
  if (closed.data && closed.data.items.length > 0) {
    return (
      <Empty icon="check" title={t('empty.all')}>
        <Link
          to="/inbox"
          search={{ view: 'all', status: 'closed' }}
          className="inline-flex min-h-6 items-center font-medium text-accent hover:underline"
        >
          {t('empty.seeClosed')}
        </Link>
      </Empty>
    )
  }
  return (
    <Empty icon="chat" title={t('empty.first')}>
      <p>{t('empty.firstHelp')}</p>
      {/* Where there is room the first steps stand beside the list and lead there. */}
      <a
        href="/demo"
        target="_blank"
        rel="noreferrer"
        className={`min-h-6 font-medium text-accent hover:underline ${steps ? 'md:hidden' : ''}`}
      >
        {t('empty.openDemo')}
      </a>
      <Link
        to="/settings/$section"
        params={{ section: 'channels' }}
        className={`min-h-6 font-medium text-accent hover:underline ${steps ? 'md:hidden' : ''}`}
      >
        {t('empty.connect')}
      </Link>
    </Empty>
  )
}
