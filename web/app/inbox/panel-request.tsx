import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useAgents } from '#/api/queries'
import { requests } from '#/api/records'
import type { Inquiry, Priority, RequestStatus } from '#/api/types'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { InlineSelect } from '#/ui/field'
import { say } from '#/ui/toast'
import { errorText } from './actions'
import { Fact, PanelSection } from './panel'

export const requestStatuses: RequestStatus[] = ['open', 'pending', 'resolved', 'closed']
export const priorities: Priority[] = ['low', 'normal', 'high', 'urgent']

export function PanelRequest({ id }: { id: string }) {
  const queries = useQueryClient()
  const request = useQuery({ queryKey: ['requests', id], queryFn: () => requests.get(id) }).data
  const agents = useAgents()
  const change = useMutation({
    mutationFn: (body: Partial<Inquiry>) => requests.update(id, body),
    onSuccess: (stored) => {
      queries.setQueryData(['requests', id], stored)
      void queries.invalidateQueries({ queryKey: ['requests'] })
    },
    onError: (error) => say(errorText(error), { tone: 'error' }),
  })
  if (!request) return null

  return (
    <PanelSection
      title={t('request.title')}
      aside={<span className="numeric font-medium text-sm">№ {request.number}</span>}
    >
      <Fact name={t('request.status')}>
        <InlineSelect
          className="w-full"
          label={t('request.status')}
          value={request.status}
          onChange={(event) => change.mutate({ status: event.target.value as RequestStatus })}
        >
          {requestStatuses.map((status) => (
            <option key={status} value={status}>
              {t(`request.status.${status}`)}
            </option>
          ))}
        </InlineSelect>
      </Fact>
      <Fact name={t('request.priority')}>
        <InlineSelect
          className="w-full"
          label={t('request.priority')}
          value={request.priority}
          onChange={(event) => change.mutate({ priority: event.target.value as Priority })}
        >
          {priorities.map((priority) => (
            <option key={priority} value={priority}>
              {t(`priority.${priority}`)}
            </option>
          ))}
        </InlineSelect>
      </Fact>
      <Fact name={t('request.owner')}>
        <InlineSelect
          className="w-full"
          label={t('request.owner')}
          value={request.owner_id ?? ''}
          onChange={(event) => change.mutate({ owner_id: event.target.value || null })}
        >
          <option value="">{t('act.nobody')}</option>
          {agents.map((agent) => (
            <option key={agent.id} value={agent.id}>
              {agent.name}
            </option>
          ))}
        </InlineSelect>
      </Fact>
      {request.due_at && (
        <Fact name={t('request.due')}>
          <span className="numeric px-1.5">{fullTime(request.due_at)}</span>
        </Fact>
      )}
    </PanelSection>
  )
}
