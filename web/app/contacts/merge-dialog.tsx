import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccounts } from '#/api/queries'
import { contacts } from '#/api/records'
import type { Contact } from '#/api/types'
import { t } from '#/text/text'
import { Avatar } from '#/ui/bits'
import { Dialog } from '#/ui/dialog'
import { Input } from '#/ui/field'
import { knownBy } from './identities'

interface MergeDialogProps {
  contact: Contact
  onClose: () => void
  onPick: (other: Contact) => void
}

/** Any other contact, found by name or address. A row only chooses: what the two become is shown next. */
export function MergeDialog({ contact, onClose, onPick }: MergeDialogProps) {
  const [text, setText] = useState('')
  const accounts = useAccounts()
  const q = text.trim()
  const list = useQuery({
    queryKey: ['contacts', 'list', q, 'merge'],
    queryFn: () => contacts.list({ q, limit: 12 }),
    enabled: q !== '',
    placeholderData: (old) => old,
  })
  const items = q ? (list.data?.items ?? []).filter((item) => item.id !== contact.id) : []
  return (
    <Dialog open onClose={onClose} title={t('merge.dialog', { name: contact.name || t('contact.nameless') })}>
      <div className="flex flex-col gap-3">
        <p className="text-muted text-sm">{t('merge.chooseHelp')}</p>
        <Input
          label={t('contacts.search')}
          value={text}
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
        {q && list.isSuccess && items.length === 0 && (
          <p className="text-muted text-sm">{t('common.nothingFound')}</p>
        )}
        <ul className="flex flex-col">
          {items.map((item) => (
            <li key={item.id}>
              <button
                type="button"
                className="flex min-h-12 w-full items-center gap-3 rounded-md px-2 text-start hover:bg-hover"
                onClick={() => {
                  onPick(item)
                  onClose()
                }}
              >
                <Avatar name={item.name || '?'} />
                <span className="flex min-w-0 flex-col">
                  <span dir="auto" className="truncate font-medium">
                    {item.name || t('contact.nameless')}
                  </span>
                  <span dir="auto" className="truncate text-muted text-sm">
                    {knownBy(item, accounts)}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
