import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { invitations, setup } from '#/api/people'
import { useTeams } from '#/api/queries'
import type { Invitation, Role } from '#/api/types'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Check, Input, Select } from '#/ui/field'
import { useKeptState } from './editor/kept-state'
import { CopyText, Form } from './parts'
import { KeptNote } from './rules/kept-note'

const roles: Role[] = ['agent', 'lead', 'marketer', 'admin']

/** Who is to be invited, and into which teams. */
interface Written {
  email: string
  name: string
  role: Role
  chosen: string[]
}

const nobody: Written = { email: '', name: '', role: 'agent', chosen: [] }

/** Invites somebody and gives the link to hand over; it is shown this once. */
export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [made, setMade] = useState<Invitation | null>(null)
  const close = () => {
    onClose()
    setMade(null)
  }
  return (
    <Dialog open={open} onClose={close} title={t('people.inviteTitle')}>
      {made ? (
        <div className="flex flex-col gap-4">
          <p className="text-pretty text-muted">
            {made.mailed ? t('people.inviteMailed', { email: made.email }) : t('people.inviteDone')}
          </p>
          <CopyText label={t('people.link')} text={new URL(made.url ?? '', window.location.origin).href} />
          <Button tone="primary" className="self-end" onClick={close}>
            {t('common.done')}
          </Button>
        </div>
      ) : (
        <InviteForm onDone={setMade} onCancel={close} />
      )}
    </Dialog>
  )
}

function InviteForm({ onDone, onCancel }: { onDone: (made: Invitation) => void; onCancel: () => void }) {
  const me = useMe()
  const queries = useQueryClient()
  const mine = (id: string) => me.role === 'admin' || me.team_ids.includes(id)
  const teams = useTeams().filter((team) => mine(team.id))
  const mail = useQuery({ queryKey: ['setup'], queryFn: setup.look }).data?.mail
  const [written, setWritten, finish, discard] = useKeptState<Written>('invitation', 'new', nobody)
  const { email, name, role, chosen } = written
  const edit = (change: Partial<Written>) => setWritten({ ...written, ...change })

  async function submit(): Promise<void> {
    const made = await invitations.create({ email, name, role, team_ids: chosen })
    void queries.invalidateQueries({ queryKey: ['invitations'] })
    finish()
    onDone(made)
  }

  function cancel(): void {
    finish()
    onCancel()
  }

  return (
    <Form submit={t('people.invite')} onSubmit={submit} onCancel={cancel}>
      {(errors) => (
        <>
          {discard && <KeptNote onDiscard={discard} />}
          <Input
            label={t('person.email')}
            type="email"
            required
            autoFocus
            value={email}
            error={errors.email}
            help={mail === undefined ? undefined : t(mail ? 'people.inviteMails' : 'people.inviteLinks')}
            onChange={(event) => edit({ email: event.target.value })}
          />
          <Input
            label={t('person.name')}
            required
            value={name}
            error={errors.name}
            onChange={(event) => edit({ name: event.target.value })}
          />
          <Select
            label={t('people.role')}
            value={role}
            error={errors.role}
            help={t(`role.${role}.help`)}
            onChange={(event) => edit({ role: event.target.value as Role })}
          >
            {roles
              .filter((item) => me.role === 'admin' || item === 'agent')
              .map((item) => (
                <option key={item} value={item}>
                  {t(`role.${item}`)}
                </option>
              ))}
          </Select>
          {teams.length > 0 && (
            <fieldset className="flex flex-col">
              <legend className="pb-1 font-medium text-sm">{t('settings.teams')}</legend>
              {teams.map((team) => (
                <Check
                  key={team.id}
                  label={team.name}
                  checked={chosen.includes(team.id)}
                  onChange={(event) =>
                    edit({
                      chosen: event.target.checked
                        ? [...chosen, team.id]
                        : chosen.filter((id) => id !== team.id),
                    })
                  }
                />
              ))}
            </fieldset>
          )}
        </>
      )}
    </Form>
  )
}
