import type { NewPolicy, Policy, Targets } from '#/api/routing'
import { type Branch, readCondition, writeCondition } from '../rules/condition'

type Whom = Policy['notify_on_warning'][number]
type Halt = Policy['pause_on'][number]

/** A policy while somebody writes it. */
export interface PolicyDraft {
  name: string
  schedule_id: string | null
  root: Branch
  targets: Required<Targets>
  byPriority: Record<string, Targets>
  warn: number
  onWarning: Whom[]
  onBreach: Whom[]
  pauseOn: Halt[]
}

export function readPolicy(policy: Partial<Policy> | null): PolicyDraft {
  return {
    name: policy?.name ?? '',
    schedule_id: policy?.schedule_id ?? null,
    root: readCondition(policy?.conditions),
    targets: {
      first_response_minutes: policy?.first_response_minutes ?? 30,
      next_response_minutes: policy?.next_response_minutes ?? 0,
      resolution_minutes: policy?.resolution_minutes ?? 0,
    },
    byPriority: policy?.by_priority ?? {},
    warn: policy?.warn_at_percent ?? 80,
    onWarning: policy?.notify_on_warning ?? ['assignee'],
    onBreach: policy?.notify_on_breach ?? ['assignee', 'head'],
    pauseOn: policy?.pause_on ?? ['pending'],
  }
}

/** writePolicy is what the API takes; a priority without a target of its own is left out. */
export function writePolicy(draft: PolicyDraft): Partial<NewPolicy> {
  const own = Object.entries(draft.byPriority).filter(([, targets]) => Object.values(targets).some(Boolean))
  return {
    name: draft.name,
    schedule_id: draft.schedule_id,
    conditions: writeCondition(draft.root),
    ...draft.targets,
    by_priority: Object.fromEntries(own),
    warn_at_percent: draft.warn,
    notify_on_warning: draft.onWarning,
    notify_on_breach: draft.onBreach,
    pause_on: draft.pauseOn,
  } as Partial<NewPolicy>
}

/** toggled is a list with one value in it or not. */
export const toggled = <T>(list: T[], value: T, on: boolean): T[] =>
  on ? [...list, value] : list.filter((one) => one !== value)
