import { useState } from 'react'
import { accounts as api } from '#/api/records'
import type { Account, AccountKind, KindField } from '#/api/types'
import { t } from '#/text/text'
import { AccountForm, type Common } from './account-form'
import { ConfigField } from './config-field'
import { Folded } from './folded'
import { toConfig, type Values, valuesOf } from './values'

interface ChannelDialogProps {
  kind: AccountKind
  account: Account | null
  onClose: () => void
}

/** What hardly anybody changes: where the network itself is. */
const seldom = ({ name }: KindField) => name === 'base_url'

/** The connect form, drawn from the fields its kind declares; a new network needs no code here. */
export function ChannelDialog({ kind, account, onClose }: ChannelDialogProps) {
  const [values, setValues] = useState<Values>(() => valuesOf(kind.fields, account))
  const often = kind.fields.filter((field) => !seldom(field))
  const rare = kind.fields.filter(seldom)

  async function save(common: Common): Promise<void> {
    const config = toConfig(kind.fields, values)
    if (account) await api.update(account.id, { ...common, config })
    else await api.create({ kind: kind.kind, ...common, config })
    onClose()
  }

  const draw = (errors: Record<string, string>) => (field: KindField) => (
    <ConfigField
      key={field.name}
      field={field}
      kept={account?.secrets.includes(field.name) ?? false}
      value={values[field.name]}
      error={errors[`config.${field.name}`]}
      onChange={(value) => setValues({ ...values, [field.name]: value })}
    />
  )

  return (
    <AccountForm
      kind={kind.kind}
      title={account ? account.name : t('channels.connectTo', { name: kind.name })}
      account={account}
      suggested={kind.name}
      onSave={save}
      onClose={onClose}
      more={(errors) =>
        rare.length > 0 && (
          <Folded
            title={t('channels.seldom')}
            wrong={rare.some((field) => errors[`config.${field.name}`] !== undefined)}
          >
            {rare.map(draw(errors))}
          </Folded>
        )
      }
    >
      {(errors) => often.map(draw(errors))}
    </AccountForm>
  )
}
