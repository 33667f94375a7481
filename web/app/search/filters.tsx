import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useAccounts, useAgents, useLabels, useTeams } from '#/api/queries'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { controlClass } from '#/ui/field'
import { filtersOf, type SearchParams, statuses } from './query'

/** What narrows messages and files. People and numbers know none of it, so they are left out meanwhile. */
export function SearchFilters({ params }: { params: SearchParams }) {
  const navigate = useNavigate()
  const set = (change: SearchParams) =>
    void navigate({ to: '/search', search: (old) => ({ ...old, ...change }), replace: true })
  return (
    <div className="grid grid-cols-2 gap-2 pb-3 sm:grid-cols-3 lg:grid-cols-4">
      <Choice
        label={t('filter.channel')}
        every={t('filter.everyChannel')}
        value={params.account}
        options={useAccounts()}
        onChange={(account) => set({ account })}
      />
      <Choice
        label={t('find.assignee')}
        every={t('find.everyAssignee')}
        value={params.assignee}
        first={[
          { id: 'me', name: t('find.mine') },
          { id: 'none', name: t('find.nobody') },
        ]}
        options={useAgents()}
        onChange={(assignee) => set({ assignee })}
      />
      <Choice
        label={t('filter.team')}
        every={t('filter.everyTeam')}
        value={params.team}
        options={useTeams()}
        onChange={(team) => set({ team })}
      />
      <Choice
        label={t('filter.label')}
        every={t('filter.everyLabel')}
        value={params.label}
        options={useLabels()}
        onChange={(label) => set({ label })}
      />
      <Choice
        label={t('filter.status')}
        every={t('filter.status.any')}
        value={params.status}
        options={statuses.map((status) => ({ id: status, name: t(`status.${status}`) }))}
        onChange={(status) => set({ status })}
      />
      <Day label={t('find.from')} value={params.from} onChange={(from) => set({ from })} />
      <Day label={t('find.to')} value={params.to} onChange={(to) => set({ to })} />
      <label className="flex min-h-8 items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={params.files ?? false}
          onChange={(event) => set({ files: event.target.checked || undefined })}
        />
        {t('find.withFile')}
      </label>
      {filtersOf(params) > 0 && (
        <Button
          small
          tone="quiet"
          className="justify-self-start"
          onClick={() =>
            void navigate({ to: '/search', search: { q: params.q, type: params.type }, replace: true })
          }
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  )
}

interface Named {
  id: string
  name: string
}

interface ChoiceProps {
  label: string
  every: string
  value: string | undefined
  first?: Named[]
  options: Named[]
  onChange: (value: string | undefined) => void
}

function Choice({ label, every, value, first = [], options, onChange }: ChoiceProps): ReactNode {
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
      className={`${controlClass} chevron h-8 min-w-0 ps-2 text-sm`}
    >
      <option value="">{every}</option>
      {[...first, ...options].map((option) => (
        <option key={option.id} value={option.id}>
          {option.name}
        </option>
      ))}
    </select>
  )
}

interface DayProps {
  label: string
  value: string | undefined
  onChange: (value: string | undefined) => void
}

function Day({ label, value, onChange }: DayProps) {
  return (
    <label className="flex min-w-0 items-center gap-2 text-muted text-sm">
      <span className="shrink-0">{label}</span>
      <input
        type="date"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
        className={`${controlClass} h-8 min-w-0 flex-1 px-2 text-sm`}
      />
    </label>
  )
}
