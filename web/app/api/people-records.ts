import { call, type Query } from './http'
import type { components } from './schema'
import type { Contact, ID, Inquiry, Page } from './types'

type Schemas = components['schemas']

export type FieldChange = Schemas['FieldChange']
export type DuplicatePair = Schemas['DuplicatePair']
export type MergePreview = Schemas['MergePreview']
export type Step = Schemas['ChecklistStep']
export type Noun = 'contacts' | 'leads' | 'requests'

/** What was changed about a contact, a lead or a request, the latest first. */
export const history = (noun: Noun, id: ID, cursor: string) =>
  call<Page<FieldChange>>('GET', `/${noun}/${id}/history`, { query: { cursor, limit: 20 } })

/** Contacts that are likely one person, and those that are said not to be. */
export const duplicates = {
  list: (cursor: string) =>
    call<Page<DuplicatePair>>('GET', '/contacts/duplicates', { query: { cursor, limit: 20 } }),
  check: async (query: Query) =>
    (await call<Page<Schemas['DuplicateContact']>>('GET', '/contacts/duplicates/check', { query })).items,
  preview: (kept: ID, other: ID) =>
    call<MergePreview>('GET', `/contacts/${kept}/merge-preview`, { query: { contact_id: other } }),
  distinct: (one: ID, other: ID) => call<void>('PUT', `/contacts/${one}/distinct/${other}`),
  alike: (one: ID, other: ID) => call<void>('DELETE', `/contacts/${one}/distinct/${other}`),
}

/** A contact as it is added by hand. */
export interface NewContact {
  name: string
  identities: { scope: string; address: string }[]
}

export const addContact = (body: NewContact) => call<Contact>('POST', '/contacts', { body })

/** The checklist of a request; every change gives the request as it is then. */
export const checklist = {
  add: (request: ID, body: { text: string; done?: boolean; position?: number }) =>
    call<Inquiry>('POST', `/requests/${request}/checklist`, { body }),
  change: (request: ID, step: ID, body: { text?: string; done?: boolean; position?: number }) =>
    call<Inquiry>('PATCH', `/requests/${request}/checklist/${step}`, { body }),
  remove: (request: ID, step: ID) => call<Inquiry>('DELETE', `/requests/${request}/checklist/${step}`),
}
