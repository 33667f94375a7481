import { useState } from 'react'
import { useAgents, useTeams } from '#/api/queries'
import { type BoardAgent, useBoard } from '#/api/routing'
import type { Presence } from '#/api/types'
import { t } from '#/text/text'
import { Failed, Skeleton } from '#/ui/bits'
import { InlineSelect } from '#/ui/field'
import { BoardPerson } from './person'
import { Queues } from './queues'

type Group = Presence | 'absent'

const groups: Group[] = ['online', 'busy', 'away', 'absent', 'offline']

const groupOf = (agent: BoardAgent): Group => (agent.absent ? 'absent' : agent.presence)

/** Who is there now, how much they hold, and what waits for somebody. */
export function BoardTab() {
  const board = useBoard()
  const teams = useTeams()
  const agents = useAgents()
  const [team, setTeam] = useState('')
  if (board.isError) return <Failed onRetry={() => void board.refetch()} />
  if (!board.data) return <Skeleton rows={5} />
  const members = teams.find((one) => one.id === team)?.member_ids
  const shown = board.data.agents.filter((one) => !members || members.includes(one.agent_id))
  return (
    <div data-testid="board" className="flex flex-col gap-6">
      <Queues teams={board.data.teams} />
      <section aria-label={t('board.people')} className="flex flex-col gap-4">
        <header className="flex items-center justify-between gap-3">
          <h2 className="font-semibold">{t('board.people')}</h2>
          {teams.length > 0 && (
            <InlineSelect
              label={t('board.team')}
              className="[field-sizing:content]"
              value={team}
              onChange={(event) => setTeam(event.target.value)}
            >
              <option value="">{t('board.everyTeam')}</option>
              {teams.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </InlineSelect>
          )}
        </header>
        {groups.map((group) => {
          const list = shown.filter((one) => groupOf(one) === group)
          if (list.length === 0) return null
          return (
            <div key={group} className="flex flex-col gap-2">
              <h3 className="font-medium text-muted text-sm">
                {t(group === 'absent' ? 'board.absent' : `presence.${group}`)}
                <span className="numeric ms-1.5 text-faint">{list.length}</span>
              </h3>
              <ul className="grid grid-cols-1 gap-2 sm:grid-cols-2 lg:grid-cols-3">
                {list.map((one) => (
                  <BoardPerson
                    key={one.agent_id}
                    person={one}
                    agent={agents.find((agent) => agent.id === one.agent_id)}
                  />
                ))}
              </ul>
            </div>
          )
        })}
      </section>
    </div>
  )
}
