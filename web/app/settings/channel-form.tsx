import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTeams } from '#/api/queries'
import { accounts as api } from '#/api/records'
import type { Account, AccountKind, KindField } from '#/api/types'
import { currentLanguage, t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Check, Input, Select } from '#/ui/field'
import { Form } from './parts'
import { useSave } from './use-save'

interface ChannelDialogProps {
  kind: AccountKind
  account: Account | null
  onClose: () => void
}

type Values = Record<string, unknown>

/** The connect form, drawn from the fields its kind declares; a new network needs no code here. */
export function ChannelDialog({ kind, account, onClose }: ChannelDialogProps) {
  const queries = useQueryClient()
  const teams = useTeams()
  const remove = useSave('accounts')
  const [name, setName] = useState(account?.name ?? kind.name)
  const [team, setTeam] = useState(account?.team_id ?? '')
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(
      kind.fields.map((field) => [
        field.name,
        account?.config[field.name] ?? (account ? undefined : field.default),
      ]),
    ),
  )

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
                kept={account !== null}
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

interface ConfigFieldProps {
  field: KindField
  /** An account exists already: an empty secret means "as it was". */
  kept: boolean
  value: unknown
  error: string | undefined
  onChange: (value: unknown) => void
}

function ConfigField({ field, kept, value, error, onChange }: ConfigFieldProps) {
  const language = currentLanguage()
  const label = field.label[language] || field.name
  const help = field.help?.[language]
  if (field.type === 'bool') {
    return (
      <Check
        label={label}
        help={help}
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
      />
    )
  }
  if (field.type === 'choice') {
    return (
      <Select
        label={label}
        help={help}
        error={error}
        value={String(value ?? '')}
        onChange={(event) => onChange(event.target.value)}
      >
        {(field.options ?? []).map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </Select>
    )
  }
  const secret = field.type === 'secret'
  const types = { text: 'text', number: 'number', secret: 'password', color: 'color', list: 'text' } as const
  return (
    <Input
      label={label}
      help={help || (field.type === 'list' ? t('channels.listHelp') : undefined)}
      error={error}
      type={types[field.type]}
      required={field.required && !(secret && kept)}
      autoComplete={secret ? 'new-password' : 'off'}
      placeholder={secret && kept ? t('channels.secretKept') : undefined}
      value={Array.isArray(value) ? value.join(', ') : String(value ?? '')}
      onChange={(event) => onChange(event.target.value)}
      className={field.type === 'color' ? 'max-w-20 p-1!' : ''}
    />
  )
}

/** toConfig gives every value the type its field has; a secret left empty is not sent. */
function toConfig(fields: KindField[], values: Values): Values {
  const config: Values = {}
  for (const field of fields) {
    const value = values[field.name]
    if (value === undefined || (field.type === 'secret' && value === '')) continue
    if (field.type === 'number') {
      if (value !== '') config[field.name] = Number(value)
    } else if (field.type === 'list' && typeof value === 'string') {
      config[field.name] = value
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean)
    } else config[field.name] = value
  }
  return config
}
