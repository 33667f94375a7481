import { Link, useParams } from '@tanstack/react-router'
import { type ComponentType, Fragment } from 'react'
import { keys } from '#/keys/keys'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { WithFoot } from '#/ui/foot'
import { Icon } from '#/ui/icons'
import { useWide } from '#/ui/wide'
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
import { type SectionId, sectionName, sectionsFor } from './sections'
import { SLASection } from './sla/section'
import { SuppressionsSection } from './suppressions'
import { TeamsSection } from './teams/section'
import { TemplatesSection } from './templates/section'
import { ViewsSection } from './views/section'

const views: Record<SectionId, ComponentType> = {
  profile: ProfileSection,
  notifications: AlertsSection,
  people: PeopleSection,
  teams: TeamsSection,
  channels: ChannelsSection,
  templates: TemplatesSection,
  quarantine: QuarantineSection,
  suppressions: SuppressionsSection,
  quick: QuickSection,
  labels: LabelsSection,
  views: ViewsSection,
  triggers: TriggersSection,
  macros: MacrosSection,
  intake: IntakeSection,
  hours: HoursSection,
  sla: SLASection,
  keys: KeysSection,
}

/** The sections a role may see, and the one that is open. A phone shows one or the other. */
export function SettingsFrame() {
  const { section, item } = useParams({ strict: false })
  const me = useMe()
  const allowed = sectionsFor(me.role)
  const open = allowed.find((item) => item.id === section) ?? allowed[0]
  const View = open && views[open.id]
  const wide = useWide('two')
  // On a phone the list of sections is a screen of its own, and so what a reader of the screen calls the main part.
  const [Screen, Part] = section || wide ? (['div', 'main'] as const) : (['main', 'div'] as const)
  return (
    <Screen className="grid min-h-0 flex-1 bg-surface md:grid-cols-[13rem_minmax(0,1fr)]">
      <nav
        aria-label={t('nav.settings')}
        className={`scroller flex-col border-line border-e px-2 pb-3 ${section ? 'hidden md:flex' : 'flex'}`}
      >
        <p className="flex h-13 shrink-0 items-center px-2.5 font-semibold text-lg">{t('nav.settings')}</p>
        <Link
          to="/duty"
          className="flex h-10 items-center gap-2.5 rounded-md px-2.5 text-text hover:bg-hover md:hidden"
        >
          <Icon name="calendar" className="text-muted" />
          {t('nav.duty')}
        </Link>
        <button
          type="button"
          onClick={() => keys.run('Mod+KeyK')}
          className="mb-1 flex h-10 shrink-0 items-center gap-2.5 rounded-md bg-sunken px-2.5 text-muted hover:text-text md:h-8"
        >
          <Icon name="search" />
          {/* One line high: where the words leave no room for the keys, the keys wrap out of sight. */}
          <span className="flex h-[1lh] min-w-0 flex-1 flex-wrap items-center justify-between gap-x-2 overflow-hidden">
            <span>{t('settings.find')}</span>
            <kbd className="hidden h-[1lh] items-center text-xs md:flex">Ctrl+K</kbd>
          </span>
        </button>
        {allowed.map((item, index) => (
          <Fragment key={item.id}>
            {item.group !== allowed[index - 1]?.group && (
              <h2 className="px-2.5 pt-3 pb-1 font-medium text-muted text-xs">
                {t(`settings.group.${item.group}`)}
              </h2>
            )}
            <Link
              to="/settings/$section"
              params={{ section: item.id }}
              aria-current={item === open && section ? 'page' : undefined}
              className={`flex h-10 items-center gap-2.5 rounded-md px-2.5 hover:bg-hover hover:text-text md:h-8 ${item === open ? 'text-text md:bg-hover md:font-medium' : 'text-text md:text-muted'}`}
            >
              <Icon name={item.icon} className="text-muted" />
              {sectionName(item.id)}
            </Link>
          </Fragment>
        ))}
      </nav>
      <Part className={`min-h-0 min-w-0 flex-col ${section ? 'flex' : 'hidden md:flex'}`}>
        <WithFoot of="page">
          <div className="scroller min-h-0 flex-1">
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
                <h1 className="font-semibold text-xl">{open && sectionName(open.id)}</h1>
              </header>
              {View && <View />}
            </div>
          </div>
        </WithFoot>
      </Part>
    </Screen>
  )
}
