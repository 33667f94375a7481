import type { FieldChange, Noun } from '#/api/people-records'
import { Problem } from '#/api/problem'
import { fieldName, valueText, whoText } from '#/contacts/history-words'
import { t } from '#/text/text'
import { say } from '#/ui/toast'

/** A field that somebody else has changed since it was seen: what it is now, and that in words. */
export interface Meanwhile {
  value: unknown
  told: string
}

/** What came of a change of one field. */
export type Outcome = 'kept' | 'failed' | Meanwhile

/** meanwhileOf reads a refusal of a change by who was slower; null when that is not why. */
export function meanwhileOf(error: unknown, noun: Noun): Meanwhile | null {
  if (!(error instanceof Problem) || error.code !== 'field_changed') return null
  const change = (error.body.changed as FieldChange[] | undefined)?.[0]
  if (!change) return null
  const value = change.to ?? (nullable.includes(change.field) ? null : '')
  return { value, told: told(change, noun) }
}

/** Fields that are null when there is nothing in them; the others are empty texts then. */
const nullable = ['owner_id', 'team_id', 'company_id', 'stage_id', 'due_at']

function told(change: FieldChange, noun: Noun): string {
  const who = change.cause.kind ? whoText(change) : t('meanwhile.somebody')
  const field = fieldName(change.field)
  const value = valueText(noun, change.field, change.to, change.to_name)
  return value ? t('meanwhile.set', { who, field, value }) : t('meanwhile.cleared', { who, field })
}

/** sayMeanwhile tells at the bottom whose change stands, and offers to save one's own over it. */
export function sayMeanwhile(theirs: Meanwhile, mine: (was: unknown) => Promise<Outcome>): void {
  const again = async () => {
    const outcome = await mine(theirs.value)
    if (typeof outcome === 'object') sayMeanwhile(outcome, mine)
  }
  say(theirs.told, { tone: 'error', offer: { name: t('meanwhile.mine'), run: () => void again() } })
}
