import type { TimelineEntry } from '#/api/types'
import { t } from '#/text/text'

type Data = TimelineEntry['data']

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** markEntry says what people did with a conversation as a whole; undefined is another kind of entry. */
export function markEntry(
  type: string,
  data: Data,
  agentName: (id: string) => string | undefined,
): string | undefined {
  const number = text(data.number)
  switch (type) {
    case 'spam':
      return t(data.spam === false ? 'event.notSpam' : 'event.spam')
    case 'follow': {
      const name = agentName(text(data.agent_id)) || text(data.agent_id)
      return t(data.following === false ? 'event.unfollowed' : 'event.followed', { name })
    }
    case 'link':
      return t(data.undone ? 'event.unlinked' : 'event.linked', { number })
    case 'request':
      if (data.linked === true) return t('event.requestLinked', { number })
      return data.linked === false ? t('event.requestLeft', { number: text(data.was) }) : undefined
    case 'split':
      if (data.from !== undefined)
        return t(data.undone ? 'event.splitFromUndone' : 'event.splitFrom', { number: text(data.from) })
      return data.undone
        ? t('event.splitUndone', { number })
        : t('event.splitOff', { number, seq: text(data.seq) })
  }
  return undefined
}
