import type { ReceivedEvent } from '#/api/types'
import { t } from '#/text/text'

const words: Partial<Record<ReceivedEvent['outcome'], () => string>> = {
  message: () => t('quarantine.became.message'),
  reply: () => t('quarantine.became.message'),
  auto: () => t('quarantine.became.message'),
  echo: () => t('quarantine.became.echo'),
  historic: () => t('quarantine.became.historic'),
  receipt: () => t('quarantine.became.receipt'),
  bounce: () => t('quarantine.became.receipt'),
  duplicate: () => t('quarantine.became.duplicate'),
  quarantined: () => t('quarantine.became.quarantined'),
}

/** outcomeText says what became of events that were read again, one sentence for each kind. */
export function outcomeText(events: Pick<ReceivedEvent, 'outcome'>[]): string {
  const said = events.map((event) => words[event.outcome]?.() ?? t('quarantine.became.other'))
  return [...new Set(said)].join(' ')
}

/** size is how a number of events is written on a badge; the server counts no further than 1,000. */
export function size(n: number): string {
  return n >= 1000 ? '1000+' : String(n)
}
