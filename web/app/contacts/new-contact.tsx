import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { addContact } from '#/api/people-records'
import { errorText } from '#/inbox/actions'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Input } from '#/ui/field'
import { say } from '#/ui/toast'
import { DuplicateHint } from './duplicate-hint'

/** A contact that is added by hand, with a hint when there is one like it. */
export default function NewContactDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [phone, setPhone] = useState('')
  const open = (id: string) => {
    onClose()
    void navigate({ to: '/contacts/$id', params: { id }, search: {} })
  }
  const add = useMutation({
    mutationFn: () =>
      addContact({
        name: name.trim(),
        identities: [
          { scope: 'email', address: email.trim() },
          { scope: 'phone', address: phone.trim() },
        ].filter((one) => one.address),
      }),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      say(t('contacts.made', { name: made.name }))
      open(made.id)
    },
    onError: (error) => say(errorText(error), { tone: 'error' }),
  })
  return (
    <Dialog open onClose={onClose} title={t('contacts.new')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <Input
          label={t('person.name')}
          required
          maxLength={200}
          value={name}
          onChange={(e) => setName(e.target.value)}
        />
        <Input label={t('contact.email')} value={email} onChange={(e) => setEmail(e.target.value)} />
        <DuplicateHint name={name} scope="email" address={email} onOpen={(one) => open(one.id)} />
        <Input label={t('contact.phone')} value={phone} onChange={(e) => setPhone(e.target.value)} />
        <DuplicateHint scope="phone" address={phone} onOpen={(one) => open(one.id)} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" tone="primary" busy={add.isPending}>
            {t('contacts.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
