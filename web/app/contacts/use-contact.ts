import { useMutation } from '@tanstack/react-query'
import { contacts } from '#/api/records'
import type { Contact, ID } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { meanwhileOf } from '#/pipeline/meanwhile'
import { useRecord } from '#/pipeline/use-record'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { withAddress, withoutAddress } from './address-set'

type Identity = Contact['identities'][number]
type Change = (now: Identity[]) => Identity[]

/** useContact reads a contact and changes it; each change is said and can be undone. */
export function useContact(id: ID) {
  const said = () => t('contact.changed')
  const { query, change, keepField, took } = useRecord<Contact>({ ...contacts, noun: 'contacts', id, said })
  // The server takes the whole set: what came to it since this page was read stays, and two changes go one after the other.
  const readdress = useMutation({
    scope: { id: `addresses of ${id}` },
    mutationFn: async (changed: Change) => {
      const now = (await contacts.get(id)).identities
      return contacts.update(id, { identities: changed(now), was: { identities: now } })
    },
    // An address that came between the look and the change is looked at as well.
    retry: (count, error) => count < 3 && meanwhileOf(error, 'contacts') !== null,
    retryDelay: 0,
    onSuccess: took,
  })
  const refused = (error: Error) => say(errorText(error), { tone: 'error' })
  const undone = (changed: Change) => () => void readdress.mutateAsync(changed).catch(refused)
  return {
    contact: query,
    change,
    keepField,
    /** add throws what the server says against an address, for whoever typed it. */
    add: async (identity: Identity): Promise<void> => {
      await readdress.mutateAsync(withAddress(identity))
      const undo = undone(withoutAddress(identity))
      say(t('contact.addressAdded', { address: identity.address }), { undo })
    },
    remove: (identity: Identity): void => {
      const undo = undone(withAddress(identity))
      readdress
        .mutateAsync(withoutAddress(identity))
        .then(() => say(t('contact.addressRemoved', { address: identity.address }), { undo }), refused)
    },
  }
}
