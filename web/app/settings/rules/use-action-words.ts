import type { Action } from '#/api/rules'
import { t } from '#/text/text'
import { nameOf, useReferences } from './references'
import { optionName } from './words'

/** useActionWords is what an action does besides its name: to whom, which label, for how long. */
export function useActionWords(): (action: Action) => string {
  const references = useReferences()
  return (action) => {
    switch (action.type) {
      case 'assign':
      case 'notify':
        if (action.agent_id) return nameOf(references('agents'), action.agent_id)
        if (action.team_id) return nameOf(references('teams'), action.team_id)
        return action.type === 'assign' ? t('act.nobody') : t('action.responsible')
      case 'add_label':
      case 'remove_label':
        return nameOf(references('labels'), action.label_id ?? '')
      case 'set_priority':
        return optionName(action.priority ?? '')
      case 'set_status':
        return optionName(action.status ?? '')
      case 'wait': {
        const unless = action.unless as 'answered' | 'written' | 'closed' | undefined
        const time = t('action.waits', { n: action.minutes ?? 0 })
        return unless ? `${time}, ${t(`action.unlessShort.${unless}`)}` : time
      }
      case 'create_request':
        return action.request_type ?? ''
      case 'send_template':
        return action.template ?? ''
      case 'webhook':
        return action.url ?? ''
      default:
        return action.text ?? ''
    }
  }
}
