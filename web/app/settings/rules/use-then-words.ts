import type { IntakeThen } from '#/api/rules'
import { t } from '#/text/text'
import { nameOf, useReferences } from './references'
import { optionName } from './words'

/** useThenWords is what an intake rule does, in a line. */
export function useThenWords(): (then: IntakeThen) => string {
  const references = useReferences()
  return (then) => {
    if (then.ignore) return t('intake.ignores')
    if (then.reject) return t('intake.rejects', { text: then.reject })
    return [
      then.team_id && t('event.team', { name: nameOf(references('teams'), then.team_id) }),
      then.assignee_id && t('event.assigned', { name: nameOf(references('agents'), then.assignee_id) }),
      then.priority && t('event.priority', { priority: optionName(then.priority) }),
      then.no_lead && t('intake.noLead'),
      then.no_request && t('intake.noRequest'),
      then.request_type && t('intake.typed', { type: then.request_type }),
    ]
      .filter(Boolean)
      .join(' · ')
  }
}
