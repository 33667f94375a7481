import { Link } from '@tanstack/react-router'
import { useInbox } from '#/live/store'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'

const tabs = [
  { to: '/inbox', icon: 'inbox', name: () => t('nav.inbox') },
  { to: '/contacts', icon: 'users', name: () => t('nav.contacts') },
  { to: '/leads', icon: 'funnel', name: () => t('nav.leads') },
  { to: '/requests', icon: 'ticket', name: () => t('nav.requests') },
  { to: '/settings', icon: 'gear', name: () => t('nav.settings') },
] as const

/** The bottom row on a phone. */
export function Tabs() {
  const waiting = useInbox((state) => state.counts?.unanswered ?? 0)
  return (
    <nav
      aria-label={t('nav.label')}
      className="flex border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {tabs.map(({ to, icon, name }) => (
        <Link
          key={to}
          to={to}
          className="relative flex h-14 min-w-0 flex-auto flex-col items-center justify-center gap-0.5 text-muted text-xs"
          activeProps={{ className: 'text-accent!', 'aria-current': 'page' }}
        >
          <Icon name={icon} className="size-5.5!" />
          <span dir="auto" className="max-w-full truncate px-0.5">
            {name()}
          </span>
          {to === '/inbox' && waiting > 0 && (
            <span className="numeric absolute start-1/2 top-1.5 ms-1.5 rounded-full bg-warn px-1 font-semibold text-[0.625rem] text-surface leading-4">
              {waiting > 99 ? '99+' : waiting}
            </span>
          )}
        </Link>
      ))}
    </nav>
  )
}
