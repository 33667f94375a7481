import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { teams as api } from '#/api/people'
import { useAgentName, useAgents, useTeams } from '#/api/queries'
import type { Team } from '#/api/types'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { Empty } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Check, Input } from '#/ui/field'
import { Form, Group, RowItem, Rows } from './parts'
import { useSave } from './use-save'

export function TeamsSection() {
  const me = useMe()
  const teams = useTeams()
  const agentName = useAgentName()
  const [editing, setEditing] = useState<Team | 'new' | null>(null)
  const admin = me.role === 'admin'
  return (
    <Group
      help={t('teams.help')}
      aside={
        admin && (
          <Button tone="primary" small icon="plus" onClick={() => setEditing('new')}>
            {t('teams.add')}
          </Button>
        )
      }
    >
      {teams.length === 0 && (
        <Empty icon="users" title={t('teams.empty')}>
          <p>{t('teams.emptyHelp')}</p>
        </Empty>
      )}
      <Rows>
        {teams.map((team) => (
          <RowItem key={team.id}>
            <div className="flex min-w-0 flex-1 flex-col">
              <span className="truncate font-medium">{team.name}</span>
              <span className="truncate text-muted text-sm">
                {team.member_ids.map(agentName).filter(Boolean).join(', ') || t('teams.nobody')}
              </span>
            </div>
            {(admin || team.member_ids.includes(me.id)) && (
              <Button small onClick={() => setEditing(team)}>
                {t('common.edit')}
              </Button>
            )}
          </RowItem>
        ))}
      </Rows>
      {editing && (
        <TeamDialog
          team={editing === 'new' ? null : editing}
          admin={admin}
          onClose={() => setEditing(null)}
        />
      )}
    </Group>
  )
}

function TeamDialog({ team, admin, onClose }: { team: Team | null; admin: boolean; onClose: () => void }) {
  const queries = useQueryClient()
  const people = useAgents().filter((agent) => !agent.disabled)
  const [name, setName] = useState(team?.name ?? '')
  const [members, setMembers] = useState(team?.member_ids ?? [])
  const remove = useSave('teams', 'agents')

  async function submit(): Promise<void> {
    if (!team) await api.create({ name, member_ids: members })
    else await api.update(team.id, admin ? { name, member_ids: members } : { member_ids: members })
    void queries.invalidateQueries({ queryKey: ['teams'] })
    void queries.invalidateQueries({ queryKey: ['agents'] })
    onClose()
  }

  return (
    <Dialog open onClose={onClose} title={team ? team.name : t('teams.add')}>
      <Form submit={t('common.save')} onSubmit={submit} onCancel={onClose}>
        {(errors) => (
          <>
            <Input
              label={t('teams.name')}
              required
              autoFocus
              disabled={!admin}
              value={name}
              error={errors.name}
              onChange={(event) => setName(event.target.value)}
            />
            <fieldset className="flex flex-col">
              <legend className="pb-1 font-medium text-sm">{t('teams.members')}</legend>
              {people.map((agent) => (
                <Check
                  key={agent.id}
                  label={agent.name}
                  checked={members.includes(agent.id)}
                  onChange={(event) =>
                    setMembers(
                      event.target.checked ? [...members, agent.id] : members.filter((id) => id !== agent.id),
                    )
                  }
                />
              ))}
            </fieldset>
            {team && admin && (
              <Button
                small
                tone="danger"
                className="self-start"
                onClick={() => remove.mutate(() => api.remove(team.id).then(onClose))}
              >
                {t('teams.remove')}
              </Button>
            )}
          </>
        )}
      </Form>
    </Dialog>
  )
}
