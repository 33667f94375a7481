import { type Key, t } from '#/text/text'

/** What the page knows of people, to name them. */
type NameOf = (id: string) => string | undefined

/** requestEntry says what happened to a request: it came, was reopened or deleted, or something about it changed. */
export function requestEntry(data: Record<string, unknown>, nameOf: NameOf): string {
  const number = text(data.number)
  if (data.deleted === true) return t('event.requestDeleted', { number })
  if (data.to === 'open') return t('event.requestReopened', { number })
  if (data.to) {
    const status = known('request.status', text(data.to), ['pending', 'resolved', 'closed'])
    return t('event.requestStatus', { number, status })
  }
  if (data.to_priority) {
    const priority = known('priority', text(data.to_priority), ['low', 'normal', 'high', 'urgent'])
    return t('event.requestPriority', { number, priority })
  }
  if ('to_owner_id' in data) {
    const name = nameOf(text(data.to_owner_id)) ?? t('act.nobody')
    return t('event.requestOwner', { number, name })
  }
  return t(
    Object.keys(data).some((name) => name.startsWith('to_')) ? 'event.requestChanged' : 'event.request',
    {
      number,
    },
  )
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

function known(group: 'request.status' | 'priority', value: string, names: string[]): string {
  return names.includes(value)
    ? t(`${group}.${value}` as Extract<Key, 'request.status.resolved' | 'priority.low'>)
    : value
}
