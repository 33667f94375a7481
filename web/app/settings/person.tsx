import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { agents } from '#/api/people'
import { useAccounts } from '#/api/queries'
import type { Agent, Role } from '#/api/types'
import { t } from '#/text/text'
import { Dialog } from '#/ui/dialog'
import { Check, Input, Select } from '#/ui/field'
import { Form } from './parts'

type Reach = Agent['access']['conversations']

/** What a person is called, what they may do, and which conversations they see. */
export function PersonDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const queries = useQueryClient()
  const accounts = useAccounts()
  const [name, setName] = useState(agent.name)
  const [role, setRole] = useState<Role>(agent.role)
  const [reach, setReach] = useState<Reach>(agent.access.conversations)
  const [channels, setChannels] = useState(agent.access.account_ids ?? [])

  async function submit(): Promise<void> {
    const access = { conversations: role === 'admin' ? ('all' as const) : reach, account_ids: channels }
    await agents.update(agent.id, { name, role, access })
    void queries.invalidateQueries({ queryKey: ['agents'] })
    onClose()
  }

  return (
    <Dialog open onClose={onClose} title={agent.name}>
      <Form submit={t('common.save')} onSubmit={submit} onCancel={onClose}>
        {(errors) => (
          <>
            <Input
              label={t('person.name')}
              required
              value={name}
              error={errors.name}
              onChange={(event) => setName(event.target.value)}
            />
            <Select
              label={t('people.role')}
              value={role}
              error={errors.role}
              help={t(`role.${role}.help`)}
              onChange={(event) => setRole(event.target.value as Role)}
            >
              {(['agent', 'lead', 'marketer', 'admin'] as const).map((item) => (
                <option key={item} value={item}>
                  {t(`role.${item}`)}
                </option>
              ))}
            </Select>
            {role !== 'admin' && (
              <Select
                label={t('people.reach')}
                value={reach}
                error={errors['access.conversations']}
                onChange={(event) => setReach(event.target.value as Reach)}
              >
                {(['all', 'team', 'own'] as const).map((item) => (
                  <option key={item} value={item}>
                    {t(`people.reach.${item}`)}
                  </option>
                ))}
              </Select>
            )}
            {role !== 'admin' && accounts.length > 1 && (
              <fieldset className="flex flex-col">
                <legend className="pb-1 font-medium text-sm">{t('people.channels')}</legend>
                <p className="text-muted text-sm">{t('people.channelsHelp')}</p>
                {accounts.map((account) => (
                  <Check
                    key={account.id}
                    label={account.name}
                    checked={channels.includes(account.id)}
                    onChange={(event) =>
                      setChannels(
                        event.target.checked
                          ? [...channels, account.id]
                          : channels.filter((id) => id !== account.id),
                      )
                    }
                  />
                ))}
              </fieldset>
            )}
          </>
        )}
      </Form>
    </Dialog>
  )
}
