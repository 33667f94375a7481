import { useState } from 'react'
import type { Contact } from '#/api/types'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Input, Select } from '#/ui/field'
import { Likely } from './likely'

interface AddAddressProps {
  contact: Contact
  onAdd: (identities: Contact['identities']) => void
  onOpen: (contact: Contact) => void
  onMerge: (contact: Contact) => void
}

/** A further address of a contact. When somebody else has it, merging is offered instead. */
export function AddAddress({ contact, onAdd, onOpen, onMerge }: AddAddressProps) {
  const [adding, setAdding] = useState(false)
  const [scope, setScope] = useState('phone')
  const [address, setAddress] = useState('')
  if (!adding)
    return (
      <Button small tone="quiet" icon="plus" className="-ms-2 self-start" onClick={() => setAdding(true)}>
        {t('contact.addAddress')}
      </Button>
    )
  const done = () => {
    setAdding(false)
    setAddress('')
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        const fresh = { id: '0', scope, address: address.trim(), verified: true, stops: [] }
        onAdd([...contact.identities, fresh])
        done()
      }}
    >
      <div className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-2">
        <Select
          label={t('contact.addressKind')}
          value={scope}
          onChange={(event) => setScope(event.target.value)}
        >
          <option value="phone">{t('contact.phone')}</option>
          <option value="email">{t('contact.email')}</option>
        </Select>
        <Input
          label={t('contact.address')}
          required
          autoFocus
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
      </div>
      <Likely scope={scope} address={address} except={contact.id} onOpen={onOpen} onMerge={onMerge} />
      <div className="flex gap-2">
        <Button small type="submit" tone="primary">
          {t('step.add')}
        </Button>
        <Button small tone="quiet" onClick={done}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
