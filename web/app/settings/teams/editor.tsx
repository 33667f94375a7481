import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { agents, teams as api } from '#/api/people'
import { useAgents, useTeams } from '#/api/queries'
import { useSchedules } from '#/api/rules'
import type { Team } from '#/api/types'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Check, Input, Select } from '#/ui/field'
import { createKept, useKeeping } from '#/ui/kept'
import { say } from '#/ui/toast'
import { Wrong } from '../rules/errors'
import { KeptNote } from '../rules/kept-note'
import { EditorStep } from '../rules/step'
import { useForm } from '../rules/use-form'
import { type Loads, readTeam, type TeamDraft, writeTeam } from './draft'
import { Late } from './late'
import { Members } from './members'
import { RemoveTeam } from './remove'
import { Strategies } from './strategies'

interface Written {
  draft: TeamDraft
  loads: Loads
}

const kept = createKept<Written>(
  'team',
  () => sessionStorage,
  () => inbox.state.me,
)

interface TeamEditorProps {
  team: Team | null
  admin: boolean
}

/** The editor of a team, begun anew when what was kept is thrown away. */
export function TeamEditor({ team, admin }: TeamEditorProps) {
  const [round, setRound] = useState(0)
  const onDiscard = () => {
    kept.drop(team?.id ?? 'new')
    setRound(round + 1)
  }
  return <EditorForm key={round} team={team} admin={admin} onDiscard={onDiscard} />
}

/** A team as its lead changes it: how it hands out, to whom, when, and what then. */
function EditorForm({ team, admin, onDiscard }: TeamEditorProps & { onDiscard: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const schedules = useSchedules()
  const teams = useTeams().filter((one) => one.id !== team?.id)
  const people = useAgents().filter((one) => !one.disabled)
  const { busy, errors, run, forget } = useForm()
  const id = team?.id ?? 'new'
  const saved = { draft: readTeam(team), loads: {} }
  const [restored, setRestored] = useState(() => kept.get(id, saved))
  const [draft, setDraft] = useState(() => restored?.draft ?? saved.draft)
  const [loads, setLoads] = useState<Loads>(restored?.loads ?? {})
  const finish = useKeeping(kept, id, { draft, loads }, saved)
  const [asking, setAsking] = useState(false)
  const set = (change: Partial<TeamDraft>) => setDraft((old) => ({ ...old, ...change }))
  const hands = draft.strategy !== 'manual'

  const reread = () => {
    for (const key of ['teams', 'agents', 'board', 'next'])
      void queries.invalidateQueries({ queryKey: [key] })
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const stored = await run(async () => {
      for (const [id, load] of Object.entries(loads)) await agents.update(id, load)
      const body = writeTeam(draft, admin)
      return team ? api.update(team.id, body) : api.create({ ...body, name: draft.name })
    })
    reread()
    if (!stored) return
    setLoads({})
    setRestored(null)
    if (!team) finish()
    say(t('common.saved'))
    if (!team)
      await navigate({ to: '/settings/$section/$item', params: { section: 'teams', item: stored.id } })
  }

  async function remove(): Promise<void> {
    setAsking(false)
    if (!team || (await run(() => api.remove(team.id).then(() => true))) === null) return
    finish()
    reread()
    await navigate({ to: '/settings/$section', params: { section: 'teams' } })
  }

  return (
    <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-6">
      {restored && <KeptNote onDiscard={onDiscard} />}
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
        <Members draft={draft} loads={loads} errors={errors} onChange={set} onLoads={setLoads} />
      </EditorStep>
      <EditorStep title={t('teams.when')}>
        <Select
          label={t('teams.schedule')}
          help={t('teams.scheduleHelp')}
          error={errors.schedule_id}
          value={draft.schedule_id ?? ''}
          onChange={(event) => set({ schedule_id: event.target.value || null })}
        >
          <option value="">{t('teams.always')}</option>
          {schedules.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
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
      <Wrong errors={errors} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="primary" busy={busy}>
          {t('common.save')}
        </Button>
        {team && admin && (
          <Button tone="danger" disabled={busy} onClick={() => setAsking(true)}>
            {t('teams.remove')}
          </Button>
        )}
      </div>
      {team && asking && (
        <RemoveTeam team={team} onClose={() => setAsking(false)} onRemove={() => void remove()} />
      )}
    </form>
  )
}
