import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTeams } from '#/api/queries'
import { accounts as api } from '#/api/records'
import type { Account, AccountKind } from '#/api/types'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Input, Select } from '#/ui/field'
import { ConfigField } from './config-field'
import { Form } from './parts'
import { useSave } from './use-save'
import { toConfig, type Values, valuesOf } from './values'

interface ChannelDialogProps {
  kind: AccountKind
  account: Account | null
  onClose: () => void
}

/** The connect form, drawn from the fields its kind declares; a new network needs no code here. */
export function ChannelDialog({ kind, account, onClose }: ChannelDialogProps) {
  const queries = useQueryClient()
  const teams = useTeams()
  const remove = useSave('accounts')
  const [name, setName] = useState(account?.name ?? kind.name)
  const [team, setTeam] = useState(account?.team_id ?? '')
  const [values, setValues] = useState<Values>(() => valuesOf(kind.fields, account))

  async function submit(): Promise<void> {
    const config = toConfig(kind.fields, values)
    const body = { name, config, team_id: team || null }
    if (account) await api.update(account.id, body)
    else await api.create({ kind: kind.kind, ...body })
    void queries.invalidateQueries({ queryKey: ['accounts'] })
    onClose()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={account ? account.name : t('channels.connectTo', { name: kind.name })}
    >
      <Form submit={account ? t('common.save') : t('channels.connect')} onSubmit={submit} onCancel={onClose}>
        {(errors) => (
          <>
            <Input
              label={t('channels.name')}
              required
              value={name}
              error={errors.name}
              onChange={(event) => setName(event.target.value)}
            />
            {kind.fields.map((field) => (
              <ConfigField
                key={field.name}
                field={field}
                kept={account?.secrets.includes(field.name) ?? false}
                value={values[field.name]}
                error={errors[`config.${field.name}`]}
                onChange={(value) => setValues({ ...values, [field.name]: value })}
              />
            ))}
            {teams.length > 0 && (
              <Select
                label={t('channels.team')}
                value={team}
                error={errors.team_id}
                help={t('channels.teamHelp')}
                onChange={(event) => setTeam(event.target.value)}
              >
                <option value="">{t('act.noTeam')}</option>
                {teams.map((item) => (
                  <option key={item.id} value={item.id}>
                    {item.name}
                  </option>
                ))}
              </Select>
            )}
            {account && (
              <Button
                small
                tone="danger"
                className="self-start"
                onClick={() => remove.mutate(() => api.archive(account.id).then(onClose))}
              >
                {t('channels.archive')}
              </Button>
            )}
          </>
        )}
      </Form>
    </Dialog>
  )
}
