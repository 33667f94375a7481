import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useSavedViews } from '#/api/views'
import { loadSavedCounts } from '#/live/saved'
import { useInbox } from '#/live/store'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'
import { active, item } from './nav-style'
import { savedEntry } from './views'

/** Saved views below those that there always are, with the way to make one. */
export function SavedLinks({ chosen }: { chosen: string | undefined }) {
  const saved = useSavedViews()
  const counts = useInbox((state) => state.savedCounts)
  const known = saved.map((view) => `${view.id} ${view.updated_at}`).join()
  useEffect(() => {
    if (known) loadSavedCounts()
  }, [known])
  return (
    <>
      {saved.map(savedEntry).map(({ id, saved, name, icon, search, problem }) => (
        <Link
          key={id}
          to="/inbox"
          search={search}
          title={problem ? `${name}: ${problem}` : name}
          className={item}
          activeProps={chosen === saved ? active : {}}
        >
          <Icon name={icon} className={problem ? 'text-warn' : undefined} />
          <span dir="auto" className="hidden min-w-0 flex-1 truncate xl:block">
            {name}
          </span>
          <Count of={counts?.[saved ?? '']} />
        </Link>
      ))}
      <Link
        to="/settings/$section"
        params={{ section: 'views' }}
        hash="new"
        title={t('view.manage')}
        className={`${item} text-faint`}
      >
        <Icon name="plus" />
        <span dir="auto" className="hidden min-w-0 flex-1 truncate text-sm xl:block">
          {t('view.manage')}
        </span>
      </Link>
    </>
  )
}

/** A count that was cut short says so. */
function Count({ of }: { of: { count: number; more: boolean } | undefined }) {
  if (!of || (of.count === 0 && !of.more)) return null
  return (
    <span className="numeric hidden text-faint text-xs xl:block">
      {of.count > 999 ? '999+' : `${of.count}${of.more ? '+' : ''}`}
    </span>
  )
}
