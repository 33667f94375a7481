import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccounts } from '#/api/queries'
import { contacts } from '#/api/records'
import type { Contact } from '#/api/types'
import { t } from '#/text/text'
import { Avatar } from '#/ui/bits'
import { Choices } from '#/ui/choices'
import { Dialog } from '#/ui/dialog'
import { useSettled } from '#/ui/settled'
import { knownBy } from './identities'

interface MergeDialogProps {
  contact: Contact
  onClose: () => void
  onPick: (other: Contact) => void
}

/** Any other contact, found by name or address. A row only chooses: what the two become is shown next. */
export function MergeDialog({ contact, onClose, onPick }: MergeDialogProps) {
  const [typed, setTyped] = useState('')
  const accounts = useAccounts()
  const q = useSettled(typed.trim())
  const list = useQuery({
    queryKey: ['contacts', 'list', q, 'merge'],
    queryFn: () => contacts.list({ q, limit: 12 }),
    enabled: q !== '',
    placeholderData: (old) => old,
  })
  const items = q ? (list.data?.items ?? []).filter((item) => item.id !== contact.id) : []

  function pick(id: string): void {
    const other = items.find((item) => item.id === id)
    if (!other) return
    onPick(other)
    onClose()
  }

  return (
    <Dialog open onClose={onClose} title={t('merge.dialog', { name: contact.name || t('contact.nameless') })}>
      <div className="flex flex-col gap-3">
        <p className="text-muted text-sm">{t('merge.chooseHelp')}</p>
        <div>
          <Choices
            focused
            label={t('contacts.search')}
            options={items.map((item) => ({
              id: item.id,
              name: [item.name || t('contact.nameless'), knownBy(item, accounts)].filter(Boolean).join(' · '),
              lead: <Avatar name={item.name || '?'} size="sm" />,
              answer: true,
            }))}
            waiting={q !== typed.trim() || q === '' || !list.isSuccess || list.isPlaceholderData}
            onQuery={setTyped}
            onPick={pick}
          />
        </div>
      </div>
    </Dialog>
  )
}
