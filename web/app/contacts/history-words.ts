import type { FieldChange } from '#/api/people-records'
import { type Key, t } from '#/text/text'
import { fullTime } from '#/text/time'

interface Step {
  text: string
  done: boolean
}

/** fieldName is what a field is called; own fields and UTM marks by their own names. */
export function fieldName(field: string): string {
  if (field.startsWith('fields.')) return field.slice('fields.'.length)
  if (field.startsWith('utm.')) return `UTM ${field.slice('utm.'.length)}`
  const key = `history.field.${field}`
  return named.has(key) ? t(key as Extract<Key, 'history.field.name'>) : field
}

const named = new Set(
  [
    ...[
      'name',
      'owner_id',
      'company_id',
      'language',
      'status',
      'stage_id',
      'lost_reason',
      'team_id',
      'source',
    ],
    ...['campaign', 'score', 'type', 'category', 'priority', 'subject', 'due_at', 'resolution'],
  ].map((field) => `history.field.${field}`),
)

/** changeText puts a changed field into words: names, not ids. */
export function changeText(change: FieldChange, noun: 'contacts' | 'leads' | 'requests'): string {
  const { field } = change
  switch (field) {
    case 'created':
      return t('history.created')
    case 'identity':
      return change.to === null
        ? t('history.addressRemoved', { address: addressOf(change.from) })
        : t('history.addressAdded', { address: addressOf(change.to) })
    case 'merged':
      return change.to === null
        ? t('history.unmerged', { name: change.from_name || t('history.gone') })
        : t('history.merged', { name: change.to_name || t('history.gone') })
    case 'checklist':
      return stepsText(stepsOf(change.from), stepsOf(change.to))
  }
  const from = valueText(noun, field, change.from, change.from_name)
  const to = valueText(noun, field, change.to, change.to_name)
  const name = fieldName(field)
  if (!to) return t('history.cleared', { field: name, from })
  if (!from) return t('history.set', { field: name, to })
  return t('history.changed', { field: name, from, to })
}

/** whoText is who changed it: a person by name, else what it was. */
export function whoText(change: FieldChange): string {
  if (change.cause.name) return change.cause.name
  return change.cause.kind === 'visitor' ? t('history.byVisitor') : t('history.byProgram')
}

const addressOf = (value: unknown): string => String((value as { address?: string } | null)?.address ?? '')

const stepsOf = (value: unknown): Step[] => (Array.isArray(value) ? (value as Step[]) : [])

function stepsText(from: Step[], to: Step[]): string {
  const lacks = (list: Step[], step: Step) => !list.some((other) => other.text === step.text)
  const added = to.find((step) => lacks(from, step))
  const removed = from.find((step) => lacks(to, step))
  if (added && !removed) return t('history.step.added', { text: added.text })
  if (removed && !added) return t('history.step.removed', { text: removed.text })
  const ticked = to.find((step) => from.some((old) => old.text === step.text && old.done !== step.done))
  if (ticked) return t(ticked.done ? 'history.step.done' : 'history.step.undone', { text: ticked.text })
  return t('history.step.changed')
}

const ids = ['owner_id', 'team_id', 'stage_id', 'company_id']

/** valueText is a value as people read it, empty where there is none. */
export function valueText(noun: string, field: string, value: unknown, name: string): string {
  if (value === null || value === undefined) return ''
  if (ids.includes(field)) return name || t('history.gone')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (field === 'due_at') return fullTime(text)
  if (field === 'status' && noun === 'leads' && isOne(text, ['open', 'converted', 'lost']))
    return t(`lead.state.${text}`)
  if (field === 'status' && isOne(text, ['open', 'pending', 'resolved', 'closed']))
    return t(`request.status.${text}`)
  if (field === 'priority' && isOne(text, ['low', 'normal', 'high', 'urgent'])) return t(`priority.${text}`)
  if (field === 'type' && isOne(text, ['question', 'claim', 'order'])) return t(`request.type.${text}`)
  if (field === 'lost_reason' && text === 'duplicate') return t('lead.reason.duplicate')
  return text
}

function isOne<T extends string>(text: string, of: readonly T[]): text is T {
  return (of as readonly string[]).includes(text)
}
