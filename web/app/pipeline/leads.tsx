import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useAgentName, usePipelines } from '#/api/queries'
import { leads } from '#/api/records'
import type { Lead } from '#/api/types'
import { channelName } from '#/inbox/channel'
import { leadTone } from '#/inbox/panel-lead'
import { t } from '#/text/text'
import { shortTime } from '#/text/time'
import { Badge } from '#/ui/bits'
import { InlineSelect } from '#/ui/field'
import { LeadsBoard } from './leads-board'
import { Look } from './look'
import { OwnerName, Person } from './names'
import { Records } from './table'
import { useRowChange } from './use-row-change'

const statuses = ['open', 'converted', 'lost'] as const

export function LeadsScreen() {
  const { board } = useSearch({ from: '/desk/leads' })
  if (!board) return <LeadsTable />
  return (
    <main className="flex min-h-0 flex-1 flex-col bg-surface">
      <header className="flex h-13 items-center justify-between gap-4 border-line border-b px-4 md:px-6">
        <h1 className="font-semibold text-lg">{t('nav.leads')}</h1>
        <Look board />
      </header>
      <LeadsBoard />
    </main>
  )
}

function LeadsTable() {
  const { status } = useSearch({ from: '/desk/leads' })
  const agentName = useAgentName()
  const pipelines = usePipelines()
  const list = useInfiniteQuery({
    queryKey: ['leads', 'list', status],
    queryFn: ({ pageParam }) => leads.list({ status, cursor: pageParam, limit: 50 }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  })
  const change = useRowChange<Lead>('leads', leads.update, () => t('lead.changed'))
  const stagesOf = (lead: Lead) => pipelines.find((item) => item.id === lead.pipeline_id)?.stages ?? []

  return (
    <Records<Lead>
      title={t('nav.leads')}
      icon="funnel"
      empty={t('leads.empty')}
      emptyHelp={t('leads.emptyHelp')}
      status={status}
      statuses={statuses.map((id) => ({ id, name: t(`lead.status.${id}`) }))}
      list={list}
      keyOf={(lead) => lead.id}
      columns={[
        {
          name: t('lead.person'),
          line: true,
          cell: (lead) => (
            <Person contact={lead.contact_id} name={lead.contact_name} conversation={lead.conversation_id} />
          ),
        },
        {
          name: t('lead.stage'),
          cell: (lead) => (
            <InlineSelect
              label={t('lead.stage')}
              className="-ms-1.5 max-w-[calc(100%+0.375rem)]!"
              value={lead.stage_id ?? ''}
              disabled={lead.status !== 'open'}
              onChange={(event) => change(lead, { stage_id: event.target.value })}
            >
              {stagesOf(lead).map((stage) => (
                <option key={stage.id} value={stage.id}>
                  {stage.name}
                </option>
              ))}
            </InlineSelect>
          ),
        },
        {
          name: t('lead.statusName'),
          cell: (lead) => <Badge tone={leadTone[lead.status]}>{t(`lead.state.${lead.status}`)}</Badge>,
        },
        { name: t('lead.owner'), wide: true, cell: (lead) => <OwnerName name={agentName(lead.owner_id)} /> },
        {
          name: t('lead.source'),
          wide: true,
          cell: (lead) => (lead.source ? channelName(lead.source) : '—'),
        },
        {
          name: t('common.created'),
          wide: true,
          cell: (lead) => (lead.created_at ? shortTime(lead.created_at) : ''),
        },
      ]}
    />
  )
}
