import { Link, useSearch } from '@tanstack/react-router'
import type { View } from '#/live/lists'
import { useInbox } from '#/live/store'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { Icon, type IconName } from '#/ui/icons'
import { Logo } from '#/ui/logo'
import { useFirstSteps } from './first-steps'
import { LinkLine } from './link-line'
import { MeMenu } from './me-menu'
import { active, item } from './nav-style'
import { SavedLinks } from './saved-links'
import { SkipLink } from './skip-link'
import { views } from './views'

/** The left column from 768 pixels on; below 1180 only the icons stay. */
export function Nav({ onHelp }: { onHelp: () => void }) {
  const counts = useInbox((state) => state.counts)
  const search = useSearch({ strict: false }) as { view?: View; saved?: string }
  return (
    <>
      <SkipLink />
      <nav
        aria-label={t('nav.label')}
        className="hidden w-14 flex-col border-line border-e bg-bg py-3 md:flex xl:w-56"
      >
        <Link
          to="/inbox"
          search={{}}
          className="mx-3 mb-3 flex h-8 items-center gap-2.5 rounded-md font-semibold text-lg"
        >
          <Logo />
          <span className="hidden xl:block">Parley</span>
        </Link>
        <div className="flex flex-col gap-0.5 px-2">
          {views.map(({ view, icon, name }) => (
            <Link
              key={view}
              to="/inbox"
              search={view === 'unanswered' ? {} : { view }}
              title={name()}
              className={item}
              activeProps={!search.saved && (search.view ?? 'unanswered') === view ? active : {}}
            >
              <Icon name={icon} />
              <span dir="auto" className="hidden min-w-0 flex-1 truncate xl:block">
                {name()}
              </span>
              {counts && view in counts && counts[view as keyof typeof counts] > 0 && (
                <span
                  className={`numeric hidden text-xs xl:block ${view === 'unanswered' ? 'font-semibold text-warn' : 'text-faint'}`}
                >
                  {counts[view as keyof typeof counts] > 999 ? '999+' : counts[view as keyof typeof counts]}
                </span>
              )}
            </Link>
          ))}
          <SavedLinks chosen={search.saved} />
          <hr className="mx-2.5 my-2 border-line" />
          <NavLink to="/search" icon="search" name={t('find.title')} />
          <NavLink to="/contacts" icon="users" name={t('nav.contacts')} />
          <NavLink to="/leads" icon="funnel" name={t('nav.leads')} />
          <NavLink to="/requests" icon="ticket" name={t('nav.requests')} />
          <NavLink to="/duty" icon="calendar" name={t('nav.duty')} />
          <NavLink to="/settings" icon="gear" name={t('nav.settings')} />
        </div>
        <FirstStepsLink />
        <LinkLine beside />
        <div className="flex flex-col items-center gap-1 px-2 xl:flex-row">
          <MeMenu />
          <IconButton
            icon="keyboard"
            label={t('keys.title')}
            hint="?"
            onClick={onHelp}
            className="xl:ms-auto"
          />
        </div>
      </nav>
    </>
  )
}

/** The way back to the first steps, from wherever one of them led to. */
function FirstStepsLink() {
  const first = useFirstSteps()
  return (
    <div className="mt-auto px-2 pb-1">
      {first && (
        <Link to="/inbox" search={{}} title={t('first.title')} className={item}>
          <Icon name="checks" className="text-accent" />
          <span className="hidden min-w-0 flex-1 truncate xl:block">{t('first.title')}</span>
          <span className="numeric hidden text-muted text-xs xl:block">
            {first.steps.filter((step) => step.done).length}/{first.steps.length}
          </span>
        </Link>
      )}
    </div>
  )
}

type NavLinkProps = {
  to: '/search' | '/contacts' | '/leads' | '/requests' | '/duty' | '/settings'
  icon: IconName
  name: string
}

function NavLink({ to, icon, name }: NavLinkProps) {
  return (
    <Link to={to} title={name} className={item} activeProps={active}>
      <Icon name={icon} />
      <span dir="auto" className="hidden min-w-0 flex-1 truncate xl:block">
        {name}
      </span>
    </Link>
  )
}
