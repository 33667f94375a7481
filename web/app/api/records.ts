import { call, type Query } from './http'
import type { components } from './schema'
import type {
  Account,
  AccountKind,
  AccountLogin,
  AccountTest,
  Contact,
  Discovery,
  ID,
  Inquiry,
  Lead,
  Page,
  Pipeline,
  ReceivedEvent,
  SystemMail,
} from './types'

type Schemas = components['schemas']

/** Fields to change, and what was seen in them: what somebody else has changed since is not written over. */
export type Changing<T> = Partial<T> & { was?: Partial<T> }

export const contacts = {
  list: (query: Query) => call<Page<Contact>>('GET', '/contacts', { query }),
  get: (id: ID) => call<Contact>('GET', `/contacts/${id}`),
  update: (id: ID, body: Changing<Contact>) => call<Contact>('PATCH', `/contacts/${id}`, { body }),
}

export const leads = {
  list: (query: Query) => call<Page<Lead>>('GET', '/leads', { query }),
  get: (id: ID) => call<Lead>('GET', `/leads/${id}`),
  update: (id: ID, body: Changing<Lead>) => call<Lead>('PATCH', `/leads/${id}`, { body }),
  counts: () => call<Schemas['LeadCounts']>('GET', '/leads/counts'),
  remove: (id: ID) => call<void>('DELETE', `/leads/${id}`),
  convert: (id: ID) => call<Lead>('POST', `/leads/${id}/convert`),
}

export const requests = {
  list: (query: Query) => call<Page<Inquiry>>('GET', '/requests', { query }),
  get: (id: ID) => call<Inquiry>('GET', `/requests/${id}`),
  counts: () => call<Schemas['RequestCounts']>('GET', '/requests/counts'),
  update: (id: ID, body: Changing<Inquiry>) => call<Inquiry>('PATCH', `/requests/${id}`, { body }),
  remove: (id: ID) => call<void>('DELETE', `/requests/${id}`),
}

export const pipelines = {
  list: async (): Promise<Pipeline[]> => {
    const answer = await call<Pipeline[] | Page<Pipeline>>('GET', '/pipelines')
    return Array.isArray(answer) ? answer : answer.items
  },
}

/** By which mailbox invitations and links leave. */
export const systemMail = {
  get: () => call<SystemMail>('GET', '/system-mail'),
  set: (body: { account_id: ID | null; off: boolean }) => call<SystemMail>('PUT', '/system-mail', { body }),
}

export const accounts = {
  list: () => call<Page<Account>>('GET', '/accounts', { query: { limit: 100 } }),
  archived: () => call<Page<Account>>('GET', '/accounts', { query: { limit: 100, archived: true } }),
  kinds: async (): Promise<AccountKind[]> => {
    const answer = await call<AccountKind[] | Page<AccountKind>>('GET', '/account-kinds')
    return Array.isArray(answer) ? answer : answer.items
  },
  create: (body: { kind: string; name: string; config: Record<string, unknown>; team_id: ID | null }) =>
    call<Account>('POST', '/accounts', { body }),
  update: (
    id: ID,
    body: { name?: string; config?: Record<string, unknown>; team_id?: ID | null; archived?: boolean },
  ) => call<Account>('PATCH', `/accounts/${id}`, { body }),
  get: (id: ID) => call<Account>('GET', `/accounts/${id}`),
  /** The newest event that came in; null when none has. */
  lastReceived: async (id: ID): Promise<ReceivedEvent | null> =>
    (await call<Page<ReceivedEvent>>('GET', `/accounts/${id}/received`, { query: { limit: 1 } })).items[0] ??
    null,
  /** The newest events that came in, as far back as one looks for what was missed. */
  latestReceived: async (id: ID): Promise<ReceivedEvent[]> =>
    (await call<Page<ReceivedEvent>>('GET', `/accounts/${id}/received`, { query: { limit: 100 } })).items,
  discover: (kind: string, address: string) =>
    call<Discovery>('POST', '/accounts/discover', { body: { kind, address } }),
  test: (id: ID) => call<AccountTest>('POST', `/accounts/${id}/test`),
  /** Tries values that are not saved; those of an account stand where none are given. */
  tryOut: (body: { kind: string; config: Record<string, unknown>; account_id?: ID }) =>
    call<AccountTest>('POST', '/account-test', { body }),
  login: (id: ID, step: 'start' | 'poll' | 'cancel') =>
    call<AccountLogin>('POST', `/accounts/${id}/login`, { body: { step } }),
  pause: (id: ID) => call<Account>('POST', `/accounts/${id}/pause`),
  resume: (id: ID) => call<Account>('POST', `/accounts/${id}/resume`),
}
