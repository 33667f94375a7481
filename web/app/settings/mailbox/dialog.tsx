import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { accounts as api } from '#/api/records'
import type { Account, Discovery } from '#/api/types'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { Dialog } from '#/ui/dialog'
import { Input } from '#/ui/field'
import { createKept, useKeeping } from '#/ui/kept'
import { Guide } from '../guide/guide'
import { Form } from '../parts'
import { KeptNote } from '../rules/kept-note'
import { Access } from './access'
import { type Draft, draftOf, withoutSecrets } from './draft'
import { Coming } from './progress'

/** What was typed so far. */
interface Begun {
  address: string
  found: Discovery | null
  draft: Draft | null
}

const nothing: Begun = { address: '', found: null, draft: null }

const kept = createKept<Begun>(
  'mailbox',
  () => sessionStorage,
  () => inbox.state.me,
)

/** Connects a mailbox step by step: address, way in, and the mailbox coming up. */
export function MailboxDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const [round, setRound] = useState(0)
  const [made, setMade] = useState<Account | null>(null)
  return (
    <Dialog open onClose={onClose} title={made ? made.name : t('mailbox.title')}>
      {made ? (
        <Coming account={made} onClose={onClose} />
      ) : (
        <Steps
          key={round}
          onDiscard={() => setRound(round + 1)}
          onCancel={onClose}
          onDone={(account) => {
            void queries.invalidateQueries({ queryKey: ['accounts'] })
            setMade(account)
          }}
        />
      )}
    </Dialog>
  )
}

interface StepsProps {
  onDone: (account: Account) => void
  onCancel: () => void
  onDiscard: () => void
}

/** The steps until the mailbox is made. A dialog closed by mistake loses nothing that was typed but secrets. */
function Steps({ onDone, onCancel, onDiscard }: StepsProps) {
  const [restored] = useState(() => kept.get('new', nothing))
  const [address, setAddress] = useState(restored?.address ?? '')
  const [found, setFound] = useState(restored?.found ?? null)
  const [draft, setDraft] = useState(restored?.draft ?? null)
  const written = { address, found, draft: draft && withoutSecrets(draft) }
  const finish = useKeeping(kept, 'new', written, nothing)

  async function discover(): Promise<void> {
    const discovery = await api.discover('email', address.trim())
    setFound(discovery)
    setDraft(draftOf(address, discovery))
  }

  const done = (account: Account) => {
    finish()
    onDone(account)
  }
  const over = (next: () => void) => () => {
    finish()
    next()
  }

  return (
    <div className="flex flex-col gap-4">
      {restored && <KeptNote onDiscard={over(onDiscard)} />}
      {found && draft ? (
        <Access found={found} draft={draft} onDraft={setDraft} onBack={() => setFound(null)} onDone={done} />
      ) : (
        <Form submit={t('mailbox.continue')} onSubmit={discover} onCancel={over(onCancel)}>
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
    </div>
  )
}
