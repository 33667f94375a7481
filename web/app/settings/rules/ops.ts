import type { RuleField } from '#/api/rules'
import type { Row } from './condition'

/**
 * How a row compares, as people choose it. Times have ways of their own: the API tells a
 * number of hours from a moment, and a span from business hours, by the value alone.
 */
export type Way =
  | 'equals'
  | 'not_equals'
  | 'contains'
  | 'not_contains'
  | 'starts_with'
  | 'matches'
  | 'in'
  | 'not_in'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'empty'
  | 'not_empty'
  | 'after'
  | 'before'
  | 'less_ago'
  | 'more_ago'
  | 'in_hours'
  | 'out_of_hours'
  | 'near'
  | 'far'

const times: Record<string, Way[]> = {
  within_hours: ['in_hours', 'near'],
  not_within_hours: ['out_of_hours', 'far'],
  gt: ['less_ago', 'after'],
  lt: ['more_ago', 'before'],
}

/** waysOf are the ways in which a field can be compared, the likeliest first. */
export function waysOf(field: RuleField): Way[] {
  if (field.type === 'bool') return ['equals']
  if (field.type !== 'time') return field.ops as Way[]
  const order = ['within_hours', 'not_within_hours', 'gt', 'lt']
  const compared = order.filter((op) => field.ops.includes(op))
  return [
    ...compared.flatMap((op) => times[op] ?? []),
    ...(field.ops.filter((op) => !order.includes(op)) as Way[]),
  ]
}

/** wayOf reads back how a row compares. */
export function wayOf(field: RuleField | undefined, op: string, value: unknown): Way {
  const pair = times[op]
  if (field?.type !== 'time' || !pair) return op as Way
  const [first, second] = pair as [Way, Way]
  const scheduled = op === 'within_hours' || op === 'not_within_hours'
  if (scheduled) return typeof value === 'number' ? second : first
  return typeof value === 'string' ? second : first
}

/** compare gives a row another way to compare; a value that still fits stays. */
export function compare(row: Row, field: RuleField, way: Way): Row {
  const before = wayOf(field, row.op, row.value)
  const op = Object.keys(times).find((name) => field.type === 'time' && times[name]?.includes(way)) ?? way
  const keeps = row.op !== '' && shape(field, before) === shape(field, way)
  return { ...row, op, value: keeps ? row.value : start(field, way) }
}

export type Shape = 'none' | 'one' | 'several' | 'pattern' | 'schedule' | 'hours' | 'moment'

/** shape says what kind of value a comparison takes. */
export function shape(field: RuleField, way: Way): Shape {
  if (way === 'empty' || way === 'not_empty') return 'none'
  if (way === 'in' || way === 'not_in') return 'several'
  if (way === 'matches') return 'pattern'
  if (field.type !== 'time') return 'one'
  if (way === 'in_hours' || way === 'out_of_hours') return 'schedule'
  return way === 'after' || way === 'before' ? 'moment' : 'hours'
}

/** start is the value that a new comparison begins with; undefined waits for an answer. */
function start(field: RuleField, way: Way): unknown {
  switch (shape(field, way)) {
    case 'several':
      return []
    case 'hours':
      return 1
    case 'schedule':
    case 'moment':
      // A text, so that the way can be read back from it.
      return ''
    case 'one':
      if (field.type === 'bool') return true
      return field.type === 'choice' ? field.options[0] : undefined
    default:
      return undefined
  }
}

/** about makes a row speak of another field. */
export function about(row: Row, field: RuleField): Row {
  const way = waysOf(field)[0] ?? 'equals'
  return { ...compare({ ...row, field: field.name }, field, way), value: start(field, way) }
}
