import { call, type Query } from './http'
import type { Account, AccountKind, Contact, ID, Inquiry, Lead, Page, Pipeline } from './types'

export const contacts = {
  list: (query: Query) => call<Page<Contact>>('GET', '/contacts', { query }),
  get: (id: ID) => call<Contact>('GET', `/contacts/${id}`),
  update: (id: ID, body: Partial<Contact>) => call<Contact>('PATCH', `/contacts/${id}`, { body }),
}

export const leads = {
  list: (query: Query) => call<Page<Lead>>('GET', '/leads', { query }),
  get: (id: ID) => call<Lead>('GET', `/leads/${id}`),
  update: (id: ID, body: Partial<Lead>) => call<Lead>('PATCH', `/leads/${id}`, { body }),
  convert: (id: ID) => call<Lead>('POST', `/leads/${id}/convert`),
}

export const requests = {
  list: (query: Query) => call<Page<Inquiry>>('GET', '/requests', { query }),
  get: (id: ID) => call<Inquiry>('GET', `/requests/${id}`),
  update: (id: ID, body: Partial<Inquiry>) => call<Inquiry>('PATCH', `/requests/${id}`, { body }),
}

export const pipelines = {
  list: async (): Promise<Pipeline[]> => {
    const answer = await call<Pipeline[] | Page<Pipeline>>('GET', '/pipelines')
    return Array.isArray(answer) ? answer : answer.items
  },
}

export const accounts = {
  list: () => call<Page<Account>>('GET', '/accounts', { query: { limit: 100 } }),
  kinds: async (): Promise<AccountKind[]> => {
    const answer = await call<AccountKind[] | Page<AccountKind>>('GET', '/account-kinds')
    return Array.isArray(answer) ? answer : answer.items
  },
  create: (body: { kind: string; name: string; config: Record<string, unknown>; team_id: ID | null }) =>
    call<Account>('POST', '/accounts', { body }),
  update: (id: ID, body: { name?: string; config?: Record<string, unknown>; team_id?: ID | null }) =>
    call<Account>('PATCH', `/accounts/${id}`, { body }),
  test: (id: ID) => call<{ ok: boolean; code: string; text: string }>('POST', `/accounts/${id}/test`),
  pause: (id: ID) => call<Account>('POST', `/accounts/${id}/pause`),
  resume: (id: ID) => call<Account>('POST', `/accounts/${id}/resume`),
  archive: (id: ID) => call<void>('DELETE', `/accounts/${id}`, { query: { archive: true } }),
}
