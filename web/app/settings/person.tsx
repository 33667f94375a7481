import { useQueryClient } from '@tanstack/react-query'
import { agents } from '#/api/people'
import { useAccounts } from '#/api/queries'
import type { Agent, Role } from '#/api/types'
import { t } from '#/text/text'
import { Dialog } from '#/ui/dialog'
import { Check, Input, Select } from '#/ui/field'
import { useKeptState } from './editor/kept-state'
import { Form } from './parts'
import { KeptNote } from './rules/kept-note'

type Reach = Agent['access']['conversations']

/** What a person is called, what they may do, and which conversations they see. */
export function PersonDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const queries = useQueryClient()
  const accounts = useAccounts()
  const [written, setWritten, finish, discard] = useKeptState('person', agent.id, {
    name: agent.name,
    role: agent.role,
    reach: agent.access.conversations,
    channels: agent.access.account_ids ?? [],
  })
  const { name, role, reach, channels } = written
  const edit = (change: Partial<typeof written>) => setWritten({ ...written, ...change })

  async function submit(): Promise<void> {
    const access = { conversations: role === 'admin' ? ('all' as const) : reach, account_ids: channels }
    await agents.update(agent.id, { name, role, access })
    void queries.invalidateQueries({ queryKey: ['agents'] })
    leave()
  }

  /** leave closes it for good: what was typed is not kept. */
  function leave(): void {
    finish()
    onClose()
  }

  return (
    <Dialog open onClose={onClose} title={agent.name}>
      <Form submit={t('common.save')} onSubmit={submit} onCancel={leave}>
        {(errors) => (
          <>
            {discard && <KeptNote onDiscard={discard} />}
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
                onChange={(event) => edit({ reach: event.target.value as Reach })}
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
                      edit({
                        channels: event.target.checked
                          ? [...channels, account.id]
                          : channels.filter((id) => id !== account.id),
                      })
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
