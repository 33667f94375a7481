import type { TimelineEntry } from '#/api/types'
import { t } from '#/text/text'

type Data = TimelineEntry['data']

/** contactEntry says what became of the person: changed, merged with another one, separate again. */
export function contactEntry(data: Data): string {
  if (data.merged !== undefined) return t('event.contactMerged', { name: person(data.merged) })
  if (data.unmerged !== undefined) return t('event.contactUnmerged', { name: person(data.unmerged) })
  return t('event.contact')
}

const person = (name: unknown): string => String(name ?? '') || t('contact.nameless')

/** mergeEntry says which conversation became part of this one, or this one of which, and how that ended. */
export function mergeEntry(data: Data): string {
  if (data.into !== undefined)
    return t(data.undone ? 'event.mergedIntoUndone' : 'event.mergedInto', { number: String(data.into) })
  return t(data.undone ? 'event.mergeUndone' : 'event.merge', { number: String(data.number ?? '') })
}
