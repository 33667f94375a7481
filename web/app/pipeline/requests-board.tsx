import { Suspense, useState } from 'react'
import { useAgentName } from '#/api/queries'
import { requests } from '#/api/records'
import type { Inquiry, RequestStatus } from '#/api/types'
import { t } from '#/text/text'
import { fullTime, shortTime } from '#/text/time'
import { Badge } from '#/ui/bits'
import { IconButton } from '#/ui/button'
import { piece } from '#/ui/piece'
import { Board } from './board'
import { doneOf } from './checklist'
import { statusChoices } from './choices'
import { Person } from './names'

const RequestDialog = piece(() => import('./request-dialog'))

const tones = { low: 'plain', normal: 'plain', high: 'warn', urgent: 'danger' } as const

/** Requests by status. */
export function RequestsBoard() {
  const agentName = useAgentName()
  const [opened, setOpened] = useState('')
  return (
    <>
      <Board<Inquiry>
        noun="requests"
        title={t('nav.requests')}
        columns={statusChoices()}
        load={(status, cursor) => requests.list({ status, cursor, limit: 30 })}
        count={async () => (await requests.counts()).statuses}
        keyOf={(request) => request.id}
        nameOf={(request) =>
          `${t('common.number', { number: request.number })} ${request.contact_name || t('contact.nameless')}`
        }
        columnOf={(request) => request.status}
        move={(request, to) =>
          requests.update(request.id, { status: to as RequestStatus, was: { status: request.status } })
        }
        card={(request) => (
          <>
            <p className="flex items-center gap-2">
              <span className="min-w-0 flex-1">
                <Person
                  contact={request.contact_id}
                  name={request.contact_name}
                  conversation={request.conversation_id}
                />
              </span>
              <span className="numeric shrink-0 text-muted text-sm">
                {t('common.number', { number: request.number })}
              </span>
              <IconButton
                icon="pen"
                label={t('request.edit', { number: request.number })}
                className="-me-1.5 size-7! shrink-0"
                onClick={() => setOpened(request.id)}
              />
            </p>
            {(request.category || request.checklist.length > 0) && (
              <p className="flex items-center justify-between gap-2 text-sm">
                <span dir="auto" className="truncate">
                  {request.category}
                </span>
                {request.checklist.length > 0 && (
                  <span className="numeric shrink-0 text-muted">{doneOf(request.checklist)}</span>
                )}
              </p>
            )}
            {request.due_at && (
              <p className="text-muted text-sm">
                {t('request.due')}: <span className="numeric">{fullTime(request.due_at)}</span>
              </p>
            )}
            {request.subject && (
              <p dir="auto" className="line-clamp-2 text-sm">
                {request.subject}
              </p>
            )}
            <p className="flex items-center gap-2 text-muted text-sm">
              {(request.priority === 'high' || request.priority === 'urgent') && (
                <Badge tone={tones[request.priority]}>{t(`priority.${request.priority}`)}</Badge>
              )}
              <span dir="auto" className="min-w-0 flex-1 truncate text-start">
                {agentName(request.owner_id) || t('act.nobody')}
              </span>
              <span className="numeric shrink-0">{shortTime(request.created_at)}</span>
            </p>
          </>
        )}
      />
      {opened && (
        <Suspense>
          <RequestDialog id={opened} onClose={() => setOpened('')} />
        </Suspense>
      )}
    </>
  )
}
