import { useParams } from '@tanstack/react-router'
import { useAgentName, useTeams } from '#/api/queries'
import { useSchedules } from '#/api/rules'
import type { Team } from '#/api/types'
import { useMe } from '#/shell/session'
import { listed, t } from '#/text/text'
import { Badge, Empty } from '#/ui/bits'
import { Icon } from '#/ui/icons'
import { NewLink } from '../editor/new-link'
import { ItemLine } from '../item-line'
import { Group, RowItem, Rows } from '../parts'
import { TeamPage } from './team'
import { Weights } from './weights'

/** Teams and how they hand out, or the one that is open. */
export function TeamsSection() {
  const { item } = useParams({ strict: false })
  return item ? <TeamPage key={item} id={item} /> : <TeamList />
}

function TeamList() {
  const me = useMe()
  const teams = useTeams()
  return (
    <>
      <Group
        help={t('teams.help')}
        aside={me.role === 'admin' && <NewLink section="teams">{t('teams.add')}</NewLink>}
      >
        {teams.length === 0 && (
          <Empty icon="users" title={t('teams.empty')}>
            <p>{t('teams.emptyHelp')}</p>
          </Empty>
        )}
        <Rows>
          {teams.map((team) => (
            <TeamRow key={team.id} team={team} />
          ))}
        </Rows>
      </Group>
      {teams.length > 0 && <Weights />}
    </>
  )
}

/** A team in two lines: how it hands out and when, and who is in it. */
function TeamRow({ team }: { team: Team }) {
  const agentName = useAgentName()
  const schedule = useSchedules().find((one) => one.id === team.schedule_id)?.name
  const how = [t(`strategy.${team.strategy}`), schedule].filter(Boolean).join(' · ')
  return (
    <RowItem>
      <div className="relative -mx-2 flex min-w-0 flex-1 items-center gap-3 rounded-md px-2 hover:bg-hover">
        <ItemLine section="teams" item={team.id} name={team.name} about={how} whole>
          <span dir="auto" className="truncate text-muted text-sm">
            {listed(team.member_ids.map(agentName).filter(Boolean)) || t('teams.nobody')}
          </span>
        </ItemLine>
        {team.member_ids.length === 0 && <Badge tone="warn">{t('teams.emptyTeam')}</Badge>}
        <Icon name="down" className="-rotate-90 text-muted rtl:rotate-90" />
      </div>
    </RowItem>
  )
}
