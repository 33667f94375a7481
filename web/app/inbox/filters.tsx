import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useAccounts, useLabels, useTeams } from '#/api/queries'
import { type ListQuery, ownStatus, statusOf } from '#/live/lists'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { controlClass } from '#/ui/field'
import type { InboxSearch } from './query'

export function filterCount(query: ListQuery): number {
  return [query.status, query.account, query.team, query.label, query.unread, query.sort].filter(Boolean)
    .length
}

export function Filters({ query }: { query: ListQuery }) {
  const navigate = useNavigate()
  const accounts = useAccounts()
  const teams = useTeams()
  const labels = useLabels()
  const set = (change: InboxSearch) =>
    void navigate({ to: '.', search: (old) => ({ ...old, ...change }), replace: true })
  const named = (items: { id: string; name: string }[]) =>
    items.map((item) => (
      <option key={item.id} value={item.id}>
        {item.name}
      </option>
    ))

  return (
    <div className="grid grid-cols-2 gap-2 px-3.5 pb-3">
      {!ownStatus(query) && (
        <Choice
          label={t('filter.status')}
          value={statusOf(query)}
          onChange={(value) => set({ status: value as ListQuery['status'] })}
        >
          {(['open', 'snoozed', 'closed', 'any'] as const).map((status) => (
            <option key={status} value={status}>
              {t(`filter.status.${status}`)}
            </option>
          ))}
        </Choice>
      )}
      <Choice
        label={t('filter.sort')}
        value={query.sort ?? query.order ?? 'newest'}
        onChange={(value) => set({ sort: value as ListQuery['sort'] })}
      >
        {(['newest', 'oldest', 'due'] as const).map((sort) => (
          <option key={sort} value={sort}>
            {t(`filter.sort.${sort}`)}
          </option>
        ))}
      </Choice>
      <Choice
        label={t('filter.channel')}
        value={query.account ?? ''}
        onChange={(account) => set({ account })}
      >
        <option value="">{t('filter.everyChannel')}</option>
        {named(accounts)}
      </Choice>
      {teams.length > 0 && (
        <Choice label={t('filter.team')} value={query.team ?? ''} onChange={(team) => set({ team })}>
          <option value="">{t('filter.everyTeam')}</option>
          {named(teams)}
        </Choice>
      )}
      {labels.length > 0 && (
        <Choice label={t('filter.label')} value={query.label ?? ''} onChange={(label) => set({ label })}>
          <option value="">{t('filter.everyLabel')}</option>
          {named(labels)}
        </Choice>
      )}
      <label className="flex min-h-7 items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={query.unread ?? false}
          onChange={(event) => set({ unread: event.target.checked || undefined })}
        />
        {t('filter.unread')}
      </label>
      {filterCount(query) > 0 && (
        <Button
          small
          tone="quiet"
          className="col-span-2 justify-self-start"
          onClick={() => void navigate({ to: '.', search: { view: query.view, saved: query.saved } })}
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  )
}

interface ChoiceProps {
  label: string
  value: string
  onChange: (value: string) => void
  children: ReactNode
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={`${controlClass} chevron h-8 min-w-0 ps-2 text-sm`}
    >
      {children}
    </select>
  )
}
