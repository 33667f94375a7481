import { call } from './http'
import type { ID, Message } from './types'

/** reschedule puts a message that waits for its time off to another one. */
export const reschedule = (id: ID, at: Date) =>
  call<Message>('PUT', `/messages/${id}/send-at`, { body: { send_at: at.toISOString() } })
