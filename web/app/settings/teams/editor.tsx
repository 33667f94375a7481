import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { agents, teams as api } from '#/api/people'
import { useAgents, useTeams } from '#/api/queries'
import type { Team } from '#/api/types'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { Check, Input, Select } from '#/ui/field'
import { createKept } from '#/ui/kept'
import { say } from '#/ui/toast'
import { PageForm } from '../editor/page-form'
import { ScheduleSelect } from '../editor/schedule-select'
import type { Base, Shape } from '../editor/stand'
import { useKeptDraft } from '../editor/use-draft'
import { EditorStep } from '../rules/step'
import { useForm } from '../rules/use-form'
import { readTeam, type TeamDraft, writeTeam } from './draft'
import { Late } from './late'
import { Members } from './members'
import { RemoveTeam } from './remove'
import { Strategies } from './strategies'

const shape: Shape<Team, TeamDraft, TeamDraft> = {
  noun: 'team',
  of: readTeam,
  read: (written) => written,
  write: (draft) => draft,
}

const kept = createKept<Base<TeamDraft>>(
  'team-draft',
  () => sessionStorage,
  () => inbox.state.me,
)

interface TeamEditorProps {
  team: Team | null
  admin: boolean
}

/** A team as its lead changes it: how it hands out, to whom, when, and what then. */
export function TeamEditor({ team, admin }: TeamEditorProps) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const teams = useTeams().filter((one) => one.id !== team?.id)
  const people = useAgents().filter((one) => !one.disabled)
  const edit = useKeptDraft(kept, shape, team)
  const { draft, set } = edit
  const { busy, errors, run, forget } = useForm(edit.refused)
  const [asking, setAsking] = useState(false)
  const hands = draft.strategy !== 'manual'

  const reread = () => {
    for (const key of ['teams', 'agents', 'board', 'next'])
      void queries.invalidateQueries({ queryKey: [key] })
  }

  /** The team comes first: who was not quick enough has changed nobody's load either. */
  async function save(version: number | undefined): Promise<void> {
    const done = await run(async () => {
      const body = writeTeam(draft, admin)
      const stored = team
        ? await api.update(team.id, { ...body, version })
        : await api.create({ ...body, name: draft.name })
      if (team) edit.saved(stored)
      for (const [id, load] of Object.entries(draft.loads)) await agents.update(id, load)
      return stored
    })
    reread()
    if (!done) return
    say(t('common.saved'))
    if (team) {
      edit.refill(done)
      edit.forget()
      return
    }
    edit.finish()
    await navigate({ to: '/settings/$section/$item', params: { section: 'teams', item: done.id } })
  }

  async function remove(): Promise<void> {
    setAsking(false)
    if (!team || (await run(() => api.remove(team.id).then(() => true))) === null) return
    edit.finish()
    reread()
    await navigate({ to: '/settings/$section', params: { section: 'teams' } })
  }

  return (
    <>
      <PageForm
        edit={edit}
        busy={busy}
        errors={errors}
        onSave={save}
        onRemove={team && admin ? () => setAsking(true) : null}
        remove={t('teams.remove')}
      >
        <Input
          label={t('teams.name')}
          autoFocus={!team}
          disabled={!admin}
          value={draft.name}
          error={errors.name}
          onChange={(event) => {
            set({ name: event.target.value })
            forget('name')
          }}
        />
        <EditorStep title={t('teams.strategy')}>
          <Strategies value={draft.strategy} onChange={(strategy) => set({ strategy })} />
          {hands && (
            <Check
              label={t('teams.sticky')}
              help={t('teams.stickyHelp')}
              checked={draft.sticky_owner}
              onChange={(event) => set({ sticky_owner: event.target.checked })}
            />
          )}
        </EditorStep>
        <EditorStep
          title={t('teams.members')}
          help={t(draft.strategy === 'strict_order' ? 'teams.orderHelp' : 'teams.membersHelp')}
        >
          <Members draft={draft} errors={errors} onChange={set} />
        </EditorStep>
        <EditorStep title={t('teams.when')}>
          <ScheduleSelect
            label={t('teams.schedule')}
            help={t('teams.scheduleHelp')}
            error={errors.schedule_id}
            always={t('teams.always')}
            value={draft.schedule_id ?? null}
            onChange={(schedule_id) => set({ schedule_id })}
          />
        </EditorStep>
        {hands && <Late draft={draft} errors={errors} others={teams} onChange={set} />}
        <Select
          label={t('teams.head')}
          help={t('teams.headHelp')}
          error={errors.head_id}
          value={draft.head_id ?? ''}
          onChange={(event) => set({ head_id: event.target.value || null })}
        >
          <option value="">{t('teams.noHead')}</option>
          {people.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      </PageForm>
      {team && asking && (
        <RemoveTeam team={team} onClose={() => setAsking(false)} onRemove={() => void remove()} />
      )}
    </>
  )
}
