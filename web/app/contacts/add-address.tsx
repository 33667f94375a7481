import { useState } from 'react'
import { Problem } from '#/api/problem'
import type { Contact } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Input, Select } from '#/ui/field'
import { DuplicateHint } from './duplicate-hint'

interface AddAddressProps {
  contact: Contact
  /** Stores one more address; it is refused with what to tell. */
  onAdd: (identity: Contact['identities'][number]) => Promise<unknown>
  onOpen: (contact: Contact) => void
  onMerge: (contact: Contact) => void
}

/** A further address of a contact. When somebody else has it, merging is offered instead. */
export function AddAddress({ contact, onAdd, onOpen, onMerge }: AddAddressProps) {
  const [adding, setAdding] = useState(false)
  const [scope, setScope] = useState('phone')
  const [address, setAddress] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  if (!adding)
    return (
      <Button small tone="quiet" icon="plus" className="-ms-2 self-start" onClick={() => setAdding(true)}>
        {t('contact.addAddress')}
      </Button>
    )
  const done = () => {
    setAdding(false)
    setAddress('')
    setProblem('')
  }
  async function add(): Promise<void> {
    if (busy) return
    setBusy(true)
    try {
      await onAdd({ id: '0', scope, address: address.trim(), verified: true, stops: [] })
      done()
    } catch (error) {
      setProblem((error instanceof Problem && Object.values(error.fields)[0]) || errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
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
          error={problem}
          readOnly={busy}
          onChange={(event) => setAddress(event.target.value)}
        />
      </div>
      <DuplicateHint scope={scope} address={address} except={contact.id} onOpen={onOpen} onMerge={onMerge} />
      <div className="flex gap-2">
        <Button small type="submit" tone="primary" busy={busy}>
          {t('step.add')}
        </Button>
        <Button small tone="quiet" onClick={done}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
