import { Link, useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { Role } from '#/api/types'
import { MeMenu } from '#/shell/me-menu'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { AbsencesTab } from './absences'
import { BoardTab } from './board'
import { PausesTab } from './pauses'

type TabId = 'now' | 'absences' | 'pauses'

const tabs: { id: TabId; roles?: Role[]; view: ComponentType }[] = [
  { id: 'now', view: BoardTab },
  { id: 'absences', view: AbsencesTab },
  { id: 'pauses', roles: ['admin', 'lead'], view: PausesTab },
]

/** Who is at work: now, on which days not, and where clocks were put on hold while clients waited. */
export function DutyScreen() {
  const { tab = 'now' } = useParams({ strict: false })
  const me = useMe()
  const allowed = tabs.filter((one) => !one.roles || one.roles.includes(me.role))
  const open = allowed.find((one) => one.id === tab) ?? allowed[0]
  const View = open?.view
  return (
    <main className="flex min-h-0 flex-1 flex-col bg-surface">
      <header className="flex flex-col gap-x-6 gap-y-1 border-line border-b px-4 py-2.5 sm:h-13 sm:flex-row sm:items-center sm:py-0 md:px-6">
        <div className="flex items-center justify-between">
          <h1 className="font-semibold text-lg">{t('nav.duty')}</h1>
          <div className="md:hidden">
            <MeMenu />
          </div>
        </div>
        <nav aria-label={t('nav.duty')} className="-mx-1 flex gap-0.5">
          {allowed.map((one) => (
            <Link
              key={one.id}
              to="/duty/$tab"
              params={{ tab: one.id }}
              aria-current={one === open ? 'page' : undefined}
              className={`flex h-8 items-center rounded-md px-2.5 hover:text-text ${one === open ? 'bg-hover font-medium text-text' : 'text-muted'}`}
            >
              {t(`duty.${one.id}`)}
            </Link>
          ))}
        </nav>
      </header>
      <div className="scroller min-h-0 flex-1">
        <div className="mx-auto flex max-w-5xl flex-col gap-6 px-4 py-5 md:px-6">{View && <View />}</div>
      </div>
    </main>
  )
}
