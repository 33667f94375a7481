import type { TimelineEntry } from '#/api/types'
import { currentLanguage, t } from '#/text/text'

/** intakeRule says what a rule of intake did: it shaped a conversation, or rejected a message. */
export function intakeRule(data: TimelineEntry['data']): string {
  const name = String(data.name ?? '')
  if (data.rejected !== true) return t('event.intakeRule', { name })
  const unsent = data.unsent as Partial<Record<string, string>> | undefined
  if (!unsent) return t('event.rejected', { name })
  return t('event.rejectedUnsent', { name, why: unsent[currentLanguage()] ?? unsent.en ?? '' })
}
