import { useAgents } from '#/api/queries'
import type { Conversation } from '#/api/types'
import { t } from '#/text/text'
import { InlineSelect } from '#/ui/field'
import { Options } from '#/ui/options'
import { changeConversation } from './actions'
import { Fact, PanelSection } from './panel'

/** Whose the conversation is, and with it what it is about: the lead and the request name their owner only where it is another. */
export function PanelOwner({ conversation: { id, assignee_id } }: { conversation: Conversation }) {
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
      <p className="text-muted text-xs">{t('panel.follows')}</p>
    </PanelSection>
  )
}
