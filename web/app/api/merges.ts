import { call } from './http'
import type { components } from './schema'
import type { ID, Page } from './types'

type Schemas = components['schemas']

export type ContactMerge = Schemas['ContactMerge']
export type DuplicateContact = Schemas['DuplicateContact']

/** Two contacts become one, and two again. */
export const merges = {
  duplicates: async (contact: ID) =>
    (await call<Page<DuplicateContact>>('GET', `/contacts/${contact}/duplicates`)).items,
  list: async (contact: ID) => (await call<Page<ContactMerge>>('GET', `/contacts/${contact}/merges`)).items,
  merge: (contact: ID, other: ID) =>
    call<{ merge_id: ID }>('POST', `/contacts/${contact}/merge`, { body: { contact_id: other } }),
  unmerge: (merge: ID) => call<ContactMerge>('POST', '/contacts/unmerge', { body: { merge_id: merge } }),
}
