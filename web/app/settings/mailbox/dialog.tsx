import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { accounts as api } from '#/api/records'
import type { Account, Discovery } from '#/api/types'
import { t } from '#/text/text'
import { Dialog } from '#/ui/dialog'
import { Input } from '#/ui/field'
import { Guide } from '../guide/guide'
import { Form } from '../parts'
import { Access } from './access'
import { Coming } from './progress'

/** Connects a mailbox step by step: address, way in, and the mailbox coming up. */
export function MailboxDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const [address, setAddress] = useState('')
  const [found, setFound] = useState<Discovery | null>(null)
  const [made, setMade] = useState<Account | null>(null)

  function done(account: Account): void {
    void queries.invalidateQueries({ queryKey: ['accounts'] })
    setMade(account)
  }

  return (
    <Dialog open onClose={onClose} title={made ? made.name : t('mailbox.title')}>
      {made && <Coming account={made} onClose={onClose} />}
      {!made && found && (
        <Access address={address} found={found} onBack={() => setFound(null)} onDone={done} />
      )}
      {!made && !found && (
        <Form
          submit={t('mailbox.continue')}
          onSubmit={async () => setFound(await api.discover('email', address.trim()))}
          onCancel={onClose}
        >
          {(errors) => (
            <>
              <Guide kind="email" />
              <Input
                label={t('mailbox.address')}
                help={t('mailbox.addressHelp')}
                type="email"
                required
                autoFocus
                autoComplete="off"
                value={address}
                error={errors.address}
                onChange={(event) => setAddress(event.target.value)}
              />
            </>
          )}
        </Form>
      )}
    </Dialog>
  )
}
