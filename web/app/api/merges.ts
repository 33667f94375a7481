import { call } from './http'
import type { components } from './schema'
import type { ID } from './types'

type Schemas = components['schemas']

export type ContactMerge = Schemas['ContactMerge']
export type DuplicateContact = Schemas['DuplicateContact']

/** Two contacts become one, and two again. */
export const merges = {
  duplicates: (contact: ID) => call<DuplicateContact[]>('GET', `/contacts/${contact}/duplicates`),
  list: (contact: ID) => call<ContactMerge[]>('GET', `/contacts/${contact}/merges`),
  merge: (contact: ID, other: ID) =>
    call<{ merge_id: ID }>('POST', `/contacts/${contact}/merge`, { body: { contact_id: other } }),
  unmerge: (merge: ID) => call<ContactMerge>('POST', '/contacts/unmerge', { body: { merge_id: merge } }),
}
