import type { ConversationChange } from '#/api/inbox'
import type { ID, Team } from '#/api/types'

/**
 * assignment is the change that a choice of the picker means, "agent:ID" or "team:ID", no id being nobody. A
 * team gets a conversation whole: a person who is not in it lets it go.
 */
export function assignment(
  choice: string,
  assignee: ID | null,
  teams: Pick<Team, 'id' | 'member_ids'>[],
): ConversationChange {
  const [kind, id] = choice.split(':')
  if (kind !== 'team') return { assignee_id: id || null }
  const team = teams.find((one) => one.id === id)
  const stays = !team || !assignee || team.member_ids.includes(assignee)
  return stays ? { team_id: id || null } : { team_id: team.id, assignee_id: null }
}

/** offered is a choice of the picker for as long as whoever it names can be chosen; else it is none. */
export function offered(choice: string, agents: { id: ID }[], teams: { id: ID }[]): string {
  const [kind, id] = choice.split(':')
  return (kind === 'team' ? teams : agents).some((one) => one.id === id) ? choice : ''
}
