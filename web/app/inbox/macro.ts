import { type ConversationChange, conversations } from '#/api/inbox'
import { type Action, macros as api, type Macro } from '#/api/rules'
import type { Conversation, ID } from '#/api/types'
import { putConversation } from '#/live/change'
import { loadCounts } from '#/live/load'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { errorText, putBack } from './actions'
import { wayBack } from './way-back'

/** What an action changes about a conversation; null when it leaves something that stays. */
function changes(action: Action): (keyof ConversationChange)[] | null {
  switch (action.type) {
    case 'assign':
      return action.team_id && !action.agent_id ? ['team_id'] : ['assignee_id', 'team_id']
    case 'set_priority':
      return ['priority']
    case 'add_label':
    case 'remove_label':
      return ['labels']
    case 'set_status':
      return ['status', 'snoozed_until']
    default:
      return null
  }
}

/**
 * macroWayBack is the change that takes a macro back; null when it cannot be, because it
 * wrote or made something.
 */
export function macroWayBack(
  macro: Pick<Macro, 'actions'>,
  before: Conversation,
  after: Conversation,
): ConversationChange | null {
  const named = macro.actions.map(changes)
  if (named.includes(null)) return null
  const names = [...new Set(named.flatMap((list) => list ?? []))].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  const change = Object.fromEntries(names.map((name) => [name, after[name]])) as ConversationChange
  return wayBack(before, change, after)
}

/** applyMacro does a macro's actions in a conversation; what can be taken back can be undone. */
export async function applyMacro(macro: Macro, id: ID): Promise<void> {
  const before = inbox.state.conversations.get(id)
  if (!before) return
  try {
    await api.apply(macro.id, id)
    const after = await conversations.get(id)
    inbox.change((state) => putConversation(state, after))
    loadCounts()
    const back = macroWayBack(macro, before, after)
    const undo = back && Object.keys(back).length > 0 ? () => putBack(id, back, after) : undefined
    say(t('macro.applied', { name: macro.name }), { undo })
  } catch (error) {
    say(errorText(error), { tone: 'error' })
  }
}
