import { useState } from 'react'
import { useAgentName } from '#/api/queries'
import { type Absence, useAbsences } from '#/api/routing'
import { RowAbout, RowItem, Rows } from '#/settings/parts'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Badge, Empty, Failed, Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import { AbsenceDialog } from './absence-dialog'
import { Strip } from './strip'

const tone = { planned: 'plain', active: 'warn', returning: 'accent', over: 'plain' } as const

/** Who is or will be away, who stands in, and the days of it side by side. */
export function AbsencesTab() {
  const me = useMe()
  const agentName = useAgentName()
  const list = useAbsences()
  const [editing, setEditing] = useState<Absence | 'new' | null>(null)
  const items = list.data?.items ?? []
  const plans = me.role === 'admin' || me.role === 'lead'
  return (
    <section aria-label={t('duty.absences')} className="flex flex-col gap-4">
      <header className="flex flex-wrap items-end justify-between gap-3">
        <p className="min-w-0 flex-[1_1_16rem] text-pretty text-muted text-sm">{t('absence.help')}</p>
        {plans && (
          <Button tone="primary" small icon="plus" onClick={() => setEditing('new')}>
            {t('absence.add')}
          </Button>
        )}
      </header>
      {list.isError && <Failed onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={3} />}
      {list.data && items.length === 0 && (
        <Empty icon="moon" title={t('absence.empty')}>
          <p>{t('absence.emptyHelp')}</p>
        </Empty>
      )}
      {items.length > 0 && <Strip absences={items} nameOf={(id) => agentName(id) || id} />}
      <Rows>
        {items.map((one) => (
          <RowItem key={one.id}>
            <RowAbout aside={<Badge tone={tone[one.state]}>{t(`absence.${one.state}`)}</Badge>}>
              <span dir="auto" className="truncate font-medium">
                {agentName(one.agent_id) || one.agent_id}
              </span>
              <span className="numeric text-sm">
                {fullTime(one.from)} – {fullTime(one.to)}
              </span>
              <span dir="auto" className="truncate text-muted text-sm">
                {one.deputy_id
                  ? t('absence.standsIn', { name: agentName(one.deputy_id) || one.deputy_id })
                  : t('absence.toTeams')}
              </span>
            </RowAbout>
            {plans && (one.state === 'planned' || one.state === 'active') && (
              <Button
                small
                aria-label={t('absence.edit', { name: agentName(one.agent_id) })}
                onClick={() => setEditing(one)}
              >
                {t('common.edit')}
              </Button>
            )}
          </RowItem>
        ))}
      </Rows>
      {editing && (
        <AbsenceDialog absence={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </section>
  )
}
