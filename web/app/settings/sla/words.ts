import type { Policy, Targets } from '#/api/routing'
import { length } from '#/inbox/clock-words'
import { listed, t } from '#/text/text'

/** The targets, in the order in which their clocks follow each other. */
export const targetFields = [
  'first_response_minutes',
  'next_response_minutes',
  'resolution_minutes',
] as const satisfies (keyof Targets)[]

export const priorities = ['urgent', 'high', 'normal', 'low'] as const

/** targetWords is what a policy promises, in a line: "first answer 30 min, done 2 d". */
export function targetWords(policy: Policy): string {
  const words = targetFields
    .filter((field) => policy[field] > 0)
    .map((field) => t(`sla.short.${field}`, { span: length(policy[field] * 60_000) }))
  if (Object.keys(policy.by_priority).length > 0) words.push(t('sla.short.priority'))
  return listed(words)
}
