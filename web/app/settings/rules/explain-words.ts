import { type Explanation, type RuleField, useVocabulary } from '#/api/rules'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { shape, wayOf } from './ops'
import { nameOf, useReferences } from './references'
import { optionName, wayName } from './words'

type References = ReturnType<typeof useReferences>

/** How comparisons are told: what was asked, and what was found. */
export interface Teller {
  asked: (part: Explanation) => string
  found: (part: Explanation) => string
  /** because is the parts that made it hold, in a line; empty when nothing was asked. */
  because: (why: Explanation) => string
}

/** useTeller puts explanations into words, with the names of what they speak of. */
export function useTeller(): Teller {
  const references = useReferences()
  const fields = useVocabulary()?.fields ?? []
  const fieldOf = (part: Explanation) => fields.find((field) => field.name === part.field)
  return {
    asked: (part) => asked(part, fieldOf(part), references),
    found: (part) => found(part, fieldOf(part), references),
    // Until the names of fields are known there is nothing to say that a person would read.
    because: (why) =>
      fields.length === 0
        ? ''
        : reasons(why)
            .map((part) => asked(part, fieldOf(part), references))
            .join('; '),
  }
}

/** reasons are the comparisons that held and carry the verdict, at most three. */
export function reasons(why: Explanation): Explanation[] {
  if (why.group === 'not') return []
  if (why.group)
    return (why.parts ?? [])
      .filter((part) => part.holds)
      .flatMap(reasons)
      .slice(0, 3)
  return why.holds && why.field ? [why] : []
}

function asked(part: Explanation, field: RuleField | undefined, references: References): string {
  const way = wayOf(field, part.op ?? '', part.wanted)
  const label = field?.label ?? part.field ?? ''
  const values = Array.isArray(part.wanted) ? part.wanted : [part.wanted]
  const wanted =
    part.wanted === undefined ? '' : values.map((value) => shown(value, field, way, references)).join(', ')
  // "was known before: no" reads better than "was known before is no".
  if (field?.type === 'bool' && way === 'equals') return `${label}: ${wanted}`
  return [label, wayName(field, way), wanted].filter(Boolean).join(' ')
}

function shown(value: unknown, field: RuleField | undefined, way: string, references: References): string {
  if (typeof value === 'boolean') return value ? t('rule.yes') : t('rule.no')
  if (typeof value === 'number')
    return field?.type === 'time' ? t('rule.hoursOf', { n: value }) : String(value)
  const text = String(value ?? '')
  if (field && shape(field, way as never) === 'schedule')
    return t('explain.quoted', { text: nameOf(references('schedules'), text) })
  if (field?.of) return t('explain.quoted', { text: nameOf(references(field.of), text) })
  if (field?.type === 'choice') return optionName(text).toLowerCase()
  if (field?.type === 'time') return fullTime(text)
  return t('explain.quoted', { text })
}

function found(part: Explanation, field: RuleField | undefined, references: References): string {
  const text = part.found ?? ''
  if (part.problem) return t('explain.noSchedule')
  if (text === '') return t('explain.nothing')
  switch (field?.type) {
    case 'bool':
      return text === 'true' ? t('rule.yes') : t('rule.no')
    case 'time':
      return fullTime(text)
    case 'choice':
      return optionName(text).toLowerCase()
    case 'ref':
    case 'refs':
      return text
        .split(', ')
        .map((id) => nameOf(references(field.of), id))
        .join(', ')
    default:
      return t('explain.quoted', { text })
  }
}
