import type { Agent, ID, Team } from '#/api/types'

/** A team while somebody changes it. Members stand in the order in which a strict team asks them. */
export interface TeamDraft {
  name: string
  strategy: Team['strategy']
  members: ID[]
  timeout_seconds: number
  overflow_team_id: ID | null
  head_id: ID | null
  sticky_owner: boolean
  schedule_id: ID | null
  loads: Loads
}

export function readTeam(team: Team | null): TeamDraft {
  if (!team) {
    return {
      name: '',
      strategy: 'even_turns',
      members: [],
      timeout_seconds: 0,
      overflow_team_id: null,
      head_id: null,
      sticky_owner: true,
      schedule_id: null,
      loads: {},
    }
  }
  const place = (id: ID) => {
    const at = team.order.indexOf(id)
    return at < 0 ? team.order.length : at
  }
  const { name, strategy, timeout_seconds, overflow_team_id, head_id, sticky_owner, schedule_id } = team
  return {
    name,
    strategy,
    members: [...team.member_ids].sort((a, b) => place(a) - place(b)),
    timeout_seconds,
    overflow_team_id,
    head_id,
    sticky_owner,
    schedule_id,
    loads: {},
  }
}

/** writeTeam is what the API takes; only an administrator may name a team. */
export function writeTeam({ name, members, loads: _, ...rest }: TeamDraft, admin: boolean) {
  return { ...(admin && { name }), member_ids: members, order: members, ...rest }
}

/** What of a member is changed beside the team. */
export type Loads = Record<ID, Partial<Pick<Agent, 'capacity' | 'skills'>>>
