import { call } from './http'
import type { ID, Page, QuarantinedEvent, ReceivedEvent } from './types'

/** What arrived and could not be understood. */
export const quarantine = {
  list: (cursor: string) =>
    call<Page<QuarantinedEvent>>('GET', '/quarantine', { query: { cursor, limit: 30 } }),
  get: (id: ID) => call<QuarantinedEvent>('GET', `/quarantine/${id}`),
  retry: (id: ID) => call<Page<ReceivedEvent>>('POST', `/quarantine/${id}/retry`),
  discard: (id: ID) => call<void>('DELETE', `/quarantine/${id}`),
}
