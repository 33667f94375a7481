import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { addContact } from '#/api/people-records'
import { useKeptState } from '#/settings/editor/kept-state'
import { Form } from '#/settings/parts'
import { KeptNote } from '#/settings/rules/kept-note'
import { t } from '#/text/text'
import { Dialog } from '#/ui/dialog'
import { Input } from '#/ui/field'
import { say } from '#/ui/toast'
import { DuplicateHint } from './duplicate-hint'

const nobody = { name: '', email: '', phone: '' }

/** A contact that is added by hand, with a hint when there is one like it. */
export default function NewContactDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [written, setWritten, finish, discard] = useKeptState('contact', 'new', nobody)
  const { name, email, phone } = written
  const edit = (change: Partial<typeof nobody>) => setWritten({ ...written, ...change })
  const open = (id: string) => {
    onClose()
    void navigate({ to: '/contacts/$id', params: { id }, search: {} })
  }
  const identities = [
    { scope: 'email', address: email.trim() },
    { scope: 'phone', address: phone.trim() },
  ].filter((one) => one.address)
  /** What is wrong with an address, where it is sent at all. */
  const flaw = (errors: Record<string, string>, scope: string) =>
    errors[`identities[${identities.findIndex((one) => one.scope === scope)}].address`]

  async function submit(): Promise<void> {
    const made = await addContact({ name: name.trim(), identities })
    void queries.invalidateQueries({ queryKey: ['contacts'] })
    say(t('contacts.made', { name: made.name }))
    finish()
    open(made.id)
  }

  function cancel(): void {
    finish()
    onClose()
  }

  return (
    <Dialog open onClose={onClose} title={t('contacts.new')}>
      <Form submit={t('contacts.create')} onSubmit={submit} onCancel={cancel}>
        {(errors) => (
          <>
            {discard && <KeptNote onDiscard={discard} />}
            <Input
              label={t('person.name')}
              required
              autoFocus
              maxLength={200}
              value={name}
              error={errors.name}
              onChange={(e) => edit({ name: e.target.value })}
            />
            <Input
              label={t('contact.email')}
              value={email}
              error={flaw(errors, 'email')}
              onChange={(e) => edit({ email: e.target.value })}
            />
            <DuplicateHint name={name} scope="email" address={email} onOpen={(one) => open(one.id)} />
            <Input
              label={t('contact.phone')}
              value={phone}
              error={flaw(errors, 'phone')}
              onChange={(e) => edit({ phone: e.target.value })}
            />
            <DuplicateHint scope="phone" address={phone} onOpen={(one) => open(one.id)} />
          </>
        )}
      </Form>
    </Dialog>
  )
}
