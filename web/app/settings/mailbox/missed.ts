import type { ReceivedEvent } from '#/api/types'

/**
 * missed is what the newest event that opened nothing says of the settings, as a sentence; '' when there
 * is none since the settings were changed: whoever read it may have decided that nothing is to be done.
 */
export function missed(log: ReceivedEvent[], changed: string): string {
  const found = log.find((event) => event.outcome === 'auto' && event.error !== '')
  if (!found || Date.parse(found.at) <= Date.parse(changed)) return ''
  const text = found.error.charAt(0).toUpperCase() + found.error.slice(1)
  return text.endsWith('.') ? text : `${text}.`
}
