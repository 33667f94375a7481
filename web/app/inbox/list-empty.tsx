import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { conversations } from '#/api/inbox'
import type { ListQuery } from '#/live/lists'
import { useInbox } from '#/live/store'
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
          className="font-medium text-accent hover:underline"
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
  if (total > 0 && query.view !== 'all') {
    const view = views.find((entry) => entry.view === query.view)
    return (
      <Empty icon="check" title={view?.empty() ?? ''}>
        <Link to="/inbox" search={{ view: 'all' }} className="font-medium text-accent hover:underline">
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
  })
  if (closed.isPending) return null
  if (closed.data && closed.data.items.length > 0) {
    return (
      <Empty icon="check" title={t('empty.all')}>
        <Link
          to="/inbox"
          search={{ view: 'all', status: 'closed' }}
          className="font-medium text-accent hover:underline"
        >
          {t('empty.seeClosed')}
        </Link>
      </Empty>
    )
  }
  return (
    <Empty icon="chat" title={t('empty.first')}>
      <p>{t('empty.firstHelp')}</p>
      <a href="/demo" target="_blank" rel="noreferrer" className="font-medium text-accent hover:underline">
        {t('empty.openDemo')}
      </a>
      <Link
        to="/settings/$section"
        params={{ section: 'channels' }}
        className="font-medium text-accent hover:underline"
      >
        {t('empty.connect')}
      </Link>
    </Empty>
  )
}
