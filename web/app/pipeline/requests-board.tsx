import { useAgentName } from '#/api/queries'
import { requests } from '#/api/records'
import type { Inquiry, RequestStatus } from '#/api/types'
import { requestStatuses } from '#/inbox/panel-request'
import { t } from '#/text/text'
import { shortTime } from '#/text/time'
import { Badge } from '#/ui/bits'
import { Board } from './board'
import { Person } from './names'

const tones = { low: 'plain', normal: 'plain', high: 'warn', urgent: 'danger' } as const

/** Requests by status. */
export function RequestsBoard() {
  const agentName = useAgentName()
  return (
    <Board<Inquiry>
      noun="requests"
      title={t('nav.requests')}
      columns={requestStatuses.map((id) => ({ id, name: t(`request.status.${id}`) }))}
      load={(status, cursor) => requests.list({ status, cursor, limit: 30 })}
      count={async () => (await requests.counts()).statuses}
      keyOf={(request) => request.id}
      nameOf={(request) => `№ ${request.number} ${request.contact_name || t('contact.nameless')}`}
      columnOf={(request) => request.status}
      move={(request, to) => requests.update(request.id, { status: to as RequestStatus })}
      card={(request) => (
        <>
          <p className="flex items-center justify-between gap-2">
            <Person
              contact={request.contact_id}
              name={request.contact_name}
              conversation={request.conversation_id}
            />
            <span className="numeric shrink-0 text-muted text-sm">№ {request.number}</span>
          </p>
          {request.subject && (
            <p dir="auto" className="line-clamp-2 text-sm">
              {request.subject}
            </p>
          )}
          <p className="flex items-center justify-between gap-2 text-muted text-sm">
            <span dir="auto" className="truncate">
              {agentName(request.owner_id)}
            </span>
            {(request.priority === 'high' || request.priority === 'urgent') && (
              <Badge tone={tones[request.priority]}>{t(`priority.${request.priority}`)}</Badge>
            )}
            <span className="numeric shrink-0">{shortTime(request.created_at)}</span>
          </p>
        </>
      )}
    />
  )
}
