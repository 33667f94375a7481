import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useAgentName } from '#/api/queries'
import { requests } from '#/api/records'
import type { Inquiry, RequestStatus } from '#/api/types'
import { t } from '#/text/text'
import { fullTime, shortTime } from '#/text/time'
import { Badge } from '#/ui/bits'
import { InlineSelect } from '#/ui/field'
import { Options } from '#/ui/options'
import { piece } from '#/ui/piece'
import { statusChoices } from './choices'
import { Look } from './look'
import { OwnerName, Person } from './names'
import { RequestsBoard } from './requests-board'
import { Records } from './table'
import { useRowChange } from './use-row-change'

const RequestDialog = piece(() => import('./request-dialog'))

const priorityTone = { low: 'plain', normal: 'plain', high: 'warn', urgent: 'danger' } as const

export function RequestsScreen() {
  const { board } = useSearch({ from: '/desk/requests' })
  if (!board) return <RequestsTable />
  return (
    <main className="flex min-h-0 flex-1 flex-col bg-surface">
      <header className="flex h-13 items-center justify-between gap-4 border-line border-b px-4 md:px-6">
        <h1 className="font-semibold text-lg">{t('nav.requests')}</h1>
        <Look board />
      </header>
      <RequestsBoard />
    </main>
  )
}

function RequestsTable() {
  const { status } = useSearch({ from: '/desk/requests' })
  const agentName = useAgentName()
  const [opened, setOpened] = useState('')
  const list = useInfiniteQuery({
    queryKey: ['requests', 'list', status],
    queryFn: ({ pageParam }) => requests.list({ status, cursor: pageParam, limit: 50 }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  })
  const change = useRowChange<Inquiry>('requests', requests.update, () => t('request.changed'))

  return (
    <>
      <Records<Inquiry>
        title={t('nav.requests')}
        icon="ticket"
        empty={t('requests.empty')}
        emptyHelp={t('requests.emptyHelp')}
        status={status}
        statuses={statusChoices()}
        list={list}
        keyOf={(request) => request.id}
        columns={[
          {
            name: t('common.numberColumn'),
            wide: true,
            cell: (request) => (
              <button
                type="button"
                aria-label={t('request.edit', { number: request.number })}
                className="numeric min-h-6 min-w-6 text-start text-muted hover:text-accent hover:underline"
                onClick={() => setOpened(request.id)}
              >
                {request.number}
              </button>
            ),
          },
          {
            name: t('lead.person'),
            line: true,
            cell: (request) => (
              <div className="min-w-0 py-1">
                <Person
                  contact={request.contact_id}
                  name={request.contact_name}
                  conversation={request.conversation_id}
                />
                <p className="flex min-w-0 gap-2 text-muted text-sm">
                  <button
                    type="button"
                    aria-label={t('request.edit', { number: request.number })}
                    className="numeric min-h-6 shrink-0 hover:text-accent hover:underline md:hidden"
                    onClick={() => setOpened(request.id)}
                  >
                    {t('common.number', { number: request.number })}
                  </button>
                  <span dir="auto" className="min-w-0 self-center truncate">
                    {request.subject}
                  </span>
                </p>
              </div>
            ),
          },
          {
            name: t('request.status'),
            cell: (request) => (
              <InlineSelect
                label={t('request.status')}
                className="-ms-1.5 max-w-[calc(100%+0.375rem)]!"
                value={request.status}
                onChange={(event) => change(request, { status: event.target.value as RequestStatus })}
              >
                <Options of={statusChoices()} />
              </InlineSelect>
            ),
          },
          {
            name: t('request.priority'),
            cell: (request) => (
              <Badge tone={priorityTone[request.priority]}>{t(`priority.${request.priority}`)}</Badge>
            ),
          },
          {
            name: t('request.owner'),
            wide: true,
            cell: (request) => <OwnerName name={agentName(request.owner_id)} />,
          },
          {
            name: t('request.due'),
            wide: true,
            cell: (request) => (request.due_at ? fullTime(request.due_at) : '—'),
          },
          {
            name: t('common.created'),
            wide: true,
            cell: (request) => (request.created_at ? shortTime(request.created_at) : ''),
          },
        ]}
      />
      {opened && (
        <Suspense>
          <RequestDialog id={opened} onClose={() => setOpened('')} />
        </Suspense>
      )}
    </>
  )
}
