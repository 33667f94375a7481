import { useQuery } from '@tanstack/react-query'
import { useAgents } from '#/api/queries'
import { leads, requests } from '#/api/records'
import type { Conversation, ID } from '#/api/types'
import { t } from '#/text/text'
import { InlineSelect } from '#/ui/field'
import { Options } from '#/ui/options'
import { changeConversation } from './actions'
import { useGoesAlong } from './goes-along'
import { Fact, PanelSection } from './panel'

/** Whose the conversation is, and with it what it is about: the lead and the request name their owner only where it is another. */
export function PanelOwner({ conversation }: { conversation: Conversation }) {
  const { id, assignee_id } = conversation
  const agents = useAgents().filter((agent) => !agent.disabled || agent.id === assignee_id)
  return (
    <PanelSection title="">
      <Fact name={t('lead.owner')}>
        <InlineSelect
          className="w-full"
          label={t('lead.owner')}
          value={assignee_id ?? ''}
          onChange={(event) =>
            void changeConversation(id, { assignee_id: event.target.value || null }, t('act.assigned'))
          }
        >
          <Options of={agents} none={t('act.nobody')} />
        </InlineSelect>
      </Fact>
      <Follows conversation={conversation} />
    </PanelSection>
  )
}

/** What goes on with the conversation when that is given to another: what has another owner stays with whom it is. */
function Follows({ conversation }: { conversation: Conversation }) {
  const { lead_id, request_id } = conversation
  const lead = useQuery({
    queryKey: ['leads', lead_id],
    queryFn: () => leads.get(lead_id ?? ''),
    enabled: lead_id !== null,
  }).data
  const request = useQuery({
    queryKey: ['requests', request_id],
    queryFn: () => requests.get(request_id ?? ''),
    enabled: request_id !== null,
  }).data
  const begunHere = (of?: { conversation_id: ID | null }) => of?.conversation_id === conversation.id
  const withLead = useGoesAlong(lead, conversation) && begunHere(lead)
  const withRequest = useGoesAlong(request, conversation) && begunHere(request)
  if (!withLead && !withRequest) return null
  const told =
    withLead && withRequest ? 'panel.follows' : withLead ? 'panel.leadFollows' : 'panel.requestFollows'
  return <p className="text-muted text-xs">{t(told)}</p>
}
