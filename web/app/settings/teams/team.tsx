import { Link } from '@tanstack/react-router'
import { useAccounts, useTeams } from '#/api/queries'
import type { ID } from '#/api/types'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { Skeleton } from '#/ui/bits'
import { ItemPage } from '../editor/item-page'
import { TeamEditor } from './editor'
import { NextPanel } from './next'

/** One team: how it hands out, who is in it, and who would be next. */
export function TeamPage({ id }: { id: ID }) {
  const me = useMe()
  const team = useTeams().find((one) => one.id === id)
  const isNew = id === 'new'
  const mayChange = me.role === 'admin' || team?.member_ids.includes(me.id) === true
  return (
    <ItemPage section="teams" all={t('teams.all')} title={isNew ? t('teams.add') : team?.name}>
      {!isNew && !team && <Skeleton rows={4} />}
      {team && <Coming team={team.id} />}
      {team && <NextPanel team={team} />}
      {team && !mayChange && <p className="text-muted">{t('teams.notYours')}</p>}
      {(isNew || (team && mayChange)) && <TeamEditor team={team ?? null} admin={me.role === 'admin'} />}
    </ItemPage>
  )
}

/** Until a channel is a team's own, whoever made the team is told what brings it conversations. */
function Coming({ team }: { team: ID }) {
  const accounts = useAccounts()
  if (accounts.some((account) => account.team_id === team)) return null
  return (
    <p className="text-pretty rounded-md bg-sunken px-3 py-2 text-sm">
      {t('team.intakeHint')}{' '}
      <Link
        to="/settings/$section"
        params={{ section: 'intake' }}
        className="inline-flex min-h-6 items-center font-medium text-accent hover:underline"
      >
        {t('team.intakeLink')}
      </Link>
    </p>
  )
}
