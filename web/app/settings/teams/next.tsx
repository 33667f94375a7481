import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccounts, useAgentName, useLabels } from '#/api/queries'
import { type Next, routing } from '#/api/routing'
import type { Team } from '#/api/types'
import { saidOf } from '#/inbox/clock-words'
import { listed, t } from '#/text/text'
import { InlineSelect } from '#/ui/field'
import { Icon } from '#/ui/icons'

/** Who would get the next conversation now, and why nobody else: nothing is handed out by asking. */
export function NextPanel({ team }: { team: Team }) {
  const accounts = useAccounts()
  const labels = useLabels()
  const [account, setAccount] = useState('')
  const [label, setLabel] = useState('')
  const kind = accounts.find((one) => one.id === account)?.kind
  const next = useQuery({
    queryKey: ['next', team.id, account, label],
    queryFn: () => routing.next(team.id, { account, kind, label }),
    refetchInterval: 10_000,
  })
  return (
    <section
      aria-label={t('next.title')}
      className="flex flex-col gap-2 rounded-lg border border-line bg-bg px-3.5 py-3"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h3 className="font-semibold">{t('next.title')}</h3>
        <div className="flex flex-wrap gap-1 text-sm">
          {accounts.length > 1 && (
            <InlineSelect
              label={t('next.channel')}
              value={account}
              onChange={(event) => setAccount(event.target.value)}
            >
              <option value="">{t('next.anyChannel')}</option>
              {accounts.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </InlineSelect>
          )}
          {labels.length > 0 && (
            <InlineSelect
              label={t('next.label')}
              value={label}
              onChange={(event) => setLabel(event.target.value)}
            >
              <option value="">{t('next.noLabel')}</option>
              {labels.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </InlineSelect>
          )}
        </div>
      </div>
      {next.data && <Answer next={next.data} team={team} />}
    </section>
  )
}

function Answer({ next, team }: { next: Next; team: Team }) {
  const agentName = useAgentName()
  const name = (id: string) => agentName(id) || id
  return (
    <div data-testid="next" aria-live="polite" className="flex flex-col gap-2">
      <p className="flex items-center gap-2">
        <Icon name={next.agent_id ? 'user' : 'clock'} className="text-muted" />
        <span>{words(next, team, name)}</span>
      </p>
      {next.passed.length > 0 && (
        <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-muted text-sm">
          {next.passed.map((one) => (
            <li key={one.agent_id}>
              {name(one.agent_id)}: {saidOf(`routing.why.${one.reason}`)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function words(next: Next, team: Team, name: (id: string) => string): string {
  if (next.agent_id)
    return t('next.to', { name: name(next.agent_id), why: saidOf(`routing.why.${next.reason}`) })
  if (next.reason === 'closed') return t('next.closed')
  const names = listed(next.offered.map(name))
  if (next.reason === 'manual') return t('next.manual')
  if (names) return t('next.offered', { names })
  return t(team.member_ids.length === 0 ? 'next.empty' : 'next.nobody')
}
