import type { Limits } from '#/api/types'
import { measure, segment } from '#/text/measure'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'

/** How much room a text has: always said of SMS, which cost by the piece; of others once it matters. */
export function Room({ text, limit }: { text: string; limit: Limits['text'] | undefined }) {
  const max = limit?.max ?? 0
  if (!limit || max === 0 || text === '') return null
  const size = measure(text, limit.unit)
  const over = size > max
  if (limit.unit !== 'segments' && size <= max * 0.8) return null
  return (
    <span
      role="status"
      data-testid="composer-room"
      className={`numeric px-1 text-xs ${over ? 'font-medium text-danger' : 'text-muted'}`}
    >
      {limit.unit === 'segments' ? inSMS(text, max) : inCharacters(max - size)}
    </span>
  )
}

function inCharacters(left: number): string {
  return left < 0 ? t('composer.tooLong', { n: -left }) : t('composer.left', { n: left })
}

function inSMS(text: string, max: number): string {
  const { parts, left } = segment(text)
  if (parts.length > max) return t('composer.tooManySMS', { n: parts.length, max })
  return `${t('composer.sms', { n: parts.length })} · ${t('composer.left', { n: left })}`
}

/** cannotAnswer tells that nothing can be sent where a conversation came from. */
export function cannotAnswer(limits: Limits | undefined): boolean {
  return limits !== undefined && limits.text.max === 0 && limits.files.max_count === 0
}

/** What stands in place of the field where no answer can be sent. */
export function Unanswerable() {
  return (
    <p role="note" data-testid="composer-unanswerable" className="flex gap-2 px-3.5 pt-3 pb-2 text-muted">
      <Icon name="alert" className="mt-0.5 size-4!" />
      <span>{t('composer.unanswerable')}</span>
    </p>
  )
}
