import type { Action } from '#/api/rules'

/** An action while somebody writes it; the key stays with it when it moves. */
export interface ActionDraft extends Action {
  key: string
}

let last = 0
const newKey = () => `a${++last}`

export const readActions = (list: Action[]): ActionDraft[] =>
  list.map((action) => ({ ...action, key: newKey() }))

export const writeActions = (list: ActionDraft[]): Action[] => list.map(({ key: _, ...action }) => action)

/** startAction is a new action with what most people would choose. */
export function startAction(type: string): ActionDraft {
  const common = { key: newKey(), type }
  switch (type) {
    case 'reply':
    case 'note':
    case 'notify':
      return { ...common, text: '' }
    case 'set_priority':
      return { ...common, priority: 'high' }
    case 'set_status':
      return { ...common, status: 'closed' }
    case 'wait':
      return { ...common, minutes: 15, unless: 'answered' }
    case 'webhook':
      return { ...common, url: '' }
    default:
      return common
  }
}
