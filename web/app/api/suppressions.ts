import { call } from './http'
import type { ID, Page, Suppression } from './types'

/** Who asked for no more messages, and by which network. */
export const suppressions = {
  list: (cursor: string) => call<Page<Suppression>>('GET', '/suppressions', { query: { cursor, limit: 50 } }),
  remove: (id: ID) => call<void>('DELETE', `/suppressions/${id}`),
}
