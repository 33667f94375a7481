import type { Contact } from '#/api/types'

type Identity = Contact['identities'][number]

const same = (a: Identity, b: Identity) => a.scope === b.scope && a.address === b.address

/** withAddress puts an address into a set, whatever else has come to that. */
export const withAddress = (added: Identity) => (now: Identity[]) =>
  now.some((one) => same(one, added)) ? now : [...now, added]

/** withoutAddress takes one address out of a set and leaves the others, new ones too. */
export const withoutAddress = (removed: Identity) => (now: Identity[]) =>
  now.filter((one) => !same(one, removed))
