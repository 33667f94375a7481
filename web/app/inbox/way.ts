import type { Message, Rest } from '#/api/types'
import { t, words } from '#/text/text'
import { clock, fullTime } from '#/text/time'

/** Why a message did not go through, in the reader's language; live events bring both. */
export function reasonOf(message: Pick<Message, 'error'>): string {
  return words(message.error?.words) || message.error?.text || ''
}

/** The reason as a sentence of its own; an address or a server's name at its beginning stays as it is. */
export function reasonAlone(message: Pick<Message, 'error'>): string {
  return reasonOf(message).replace(/^\p{Ll}(?=\p{L}*(?:[\s,]|: |$))/u, (letter) => letter.toUpperCase())
}

/** What a message waits for that is to be sent: its channel, the next try and why, or the one before it. */
export function waiting(
  message: Pick<Message, 'error' | 'next_attempt_at' | 'waits_for'>,
  rest?: Rest['reason'] | null,
): string {
  if (rest) return t(`delivery.${rest}`)
  if (!message.error) return t(message.waits_for ? 'delivery.behind' : 'delivery.queued')
  const reason = reasonOf(message)
  if (!message.next_attempt_at) return `${t('delivery.waitsForTry')} ${reason}`
  return `${t('delivery.deferred', { time: moment(message.next_attempt_at) })} ${reason}`
}

/** Today the hour will do. */
function moment(iso: string): string {
  return new Date(iso).toDateString() === new Date().toDateString() ? clock(iso) : fullTime(iso)
}
