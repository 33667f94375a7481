import { Link, useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { Role } from '#/api/types'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { Icon, type IconName } from '#/ui/icons'
import { AlertsSection } from './alerts/section'
import { KeysSection } from './api-keys'
import { ChannelsSection } from './channels'
import { LabelsSection } from './labels'
import { PeopleSection } from './people'
import { ProfileSection } from './profile'
import { QuarantineSection } from './quarantine/section'
import { QuickSection } from './quick-section'
import { HoursSection } from './rules/hours'
import { IntakeSection } from './rules/intake'
import { MacrosSection } from './rules/macros'
import { TriggersSection } from './rules/triggers'
import { SLASection } from './sla/section'
import { SuppressionsSection } from './suppressions'
import { TeamsSection } from './teams/section'
import { TemplatesSection } from './templates/section'
import { ViewsSection } from './views/section'

/** A section's place in the address, and the end of its name's key. */
type SectionId =
  | 'profile'
  | 'notifications'
  | 'people'
  | 'teams'
  | 'channels'
  | 'templates'
  | 'quarantine'
  | 'suppressions'
  | 'quick'
  | 'labels'
  | 'views'
  | 'triggers'
  | 'macros'
  | 'intake'
  | 'hours'
  | 'sla'
  | 'keys'

interface Section {
  id: SectionId
  icon: IconName
  /** Without it the section is everybody's. */
  roles?: Role[]
  view: ComponentType
}

const admins: Role[] = ['admin']
const leads: Role[] = ['admin', 'lead']

const sections: Section[] = [
  { id: 'profile', icon: 'user', view: ProfileSection },
  { id: 'notifications', icon: 'bell', view: AlertsSection },
  { id: 'people', icon: 'users', roles: leads, view: PeopleSection },
  { id: 'teams', icon: 'flag', roles: leads, view: TeamsSection },
  { id: 'channels', icon: 'plug', roles: admins, view: ChannelsSection },
  { id: 'templates', icon: 'note', roles: leads, view: TemplatesSection },
  { id: 'quarantine', icon: 'alert', roles: leads, view: QuarantineSection },
  { id: 'suppressions', icon: 'pause', roles: leads, view: SuppressionsSection },
  { id: 'quick', icon: 'bolt', view: QuickSection },
  { id: 'labels', icon: 'label', roles: leads, view: LabelsSection },
  { id: 'views', icon: 'filter', view: ViewsSection },
  { id: 'triggers', icon: 'play', roles: leads, view: TriggersSection },
  { id: 'macros', icon: 'checks', view: MacrosSection },
  { id: 'intake', icon: 'funnel', roles: leads, view: IntakeSection },
  { id: 'hours', icon: 'clock', roles: leads, view: HoursSection },
  { id: 'sla', icon: 'alert', roles: leads, view: SLASection },
  { id: 'keys', icon: 'key', roles: admins, view: KeysSection },
]

const nameOf = (section: Section): string => t(`settings.${section.id}`)

/** The sections a role may see, and the one that is open. A phone shows one or the other. */
export function SettingsFrame() {
  const { section, item } = useParams({ strict: false })
  const me = useMe()
  const allowed = sections.filter((item) => !item.roles || item.roles.includes(me.role))
  const open = allowed.find((item) => item.id === section) ?? allowed[0]
  const View = open?.view
  return (
    <div className="grid min-h-0 flex-1 bg-surface md:grid-cols-[13rem_minmax(0,1fr)]">
      <nav
        aria-label={t('nav.settings')}
        className={`scroller flex-col border-line border-e px-2 pb-3 ${section ? 'hidden md:flex' : 'flex'}`}
      >
        <p className="flex h-13 shrink-0 items-center px-2.5 font-semibold text-lg">{t('nav.settings')}</p>
        <Link
          to="/duty"
          className="flex h-10 items-center gap-2.5 rounded-md px-2.5 text-text hover:bg-hover md:hidden"
        >
          <Icon name="clock" className="text-muted" />
          {t('nav.duty')}
        </Link>
        {allowed.map((item) => (
          <Link
            key={item.id}
            to="/settings/$section"
            params={{ section: item.id }}
            aria-current={item === open && section ? 'page' : undefined}
            className={`flex h-10 items-center gap-2.5 rounded-md px-2.5 hover:bg-hover hover:text-text md:h-8 ${item === open ? 'text-text md:bg-hover md:font-medium' : 'text-text md:text-muted'}`}
          >
            <Icon name={item.icon} className="text-muted" />
            {nameOf(item)}
          </Link>
        ))}
      </nav>
      <main className={`scroller min-h-0 ${section ? '' : 'hidden md:block'}`}>
        <div className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-5 md:px-8 md:py-7">
          <header className="flex items-center gap-2">
            <Link
              to={item ? '/settings/$section' : '/settings'}
              params={{ section: section ?? '' }}
              aria-label={t('common.back')}
              className="-ms-2 grid size-9 place-items-center rounded-md text-muted hover:bg-hover md:hidden"
            >
              <Icon name="back" />
            </Link>
            <h1 className="font-semibold text-xl">{open && nameOf(open)}</h1>
          </header>
          {View && <View />}
        </div>
      </main>
    </div>
  )
}
