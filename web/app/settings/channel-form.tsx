import { useState } from 'react'
import { accounts as api } from '#/api/records'
import type { Account, AccountKind, ID, KindField } from '#/api/types'
import { t } from '#/text/text'
import { AccountForm, type Common } from './account-form'
import { applying, madeUp } from './applying'
import { ConfigField } from './config-field'
import { Folded } from './folded'
import { useValues } from './kept-values'
import { toConfig, type Values } from './values'

interface ChannelDialogProps {
  kind: AccountKind
  account: Account | null
  /** Hears what was entered, once it is stored. */
  onSaved: (id: ID, entered: Values) => void
  onClose: () => void
}

/** What hardly anybody changes: where the network itself is, and bounds whose usual values suit most. */
const rareNames = ['base_url', 'region', 'max_segments']
const seldom = ({ name }: KindField) => rareNames.includes(name)

/** The connect form, drawn from the fields its kind declares; a new network needs no code here. */
export function ChannelDialog({ kind, account, onSaved, onClose }: ChannelDialogProps) {
  const [suggested] = useState(() => (account ? {} : madeUp(kind)))
  const { values, set, kept } = useValues(kind, kind.fields, account, suggested)
  // What leaves no choice is not asked for.
  const shown = applying(kind.fields, values).filter(
    (field) => field.type !== 'choice' || field.options.length > 1,
  )
  const often = shown.filter((field) => !seldom(field))
  const rare = shown.filter(seldom)

  async function save(common: Common): Promise<void> {
    const config = toConfig(applying(kind.fields, values), values)
    const stored = account
      ? await api.update(account.id, { ...common, config })
      : await api.create({ kind: kind.kind, ...common, config })
    onSaved(stored.id, config)
    onClose()
  }

  const draw = (errors: Record<string, string>) => (field: KindField) => (
    <ConfigField
      key={field.name}
      field={field}
      kept={account?.secrets.includes(field.name) ?? false}
      value={values[field.name]}
      error={errors[`config.${field.name}`]}
      madeUp={Boolean(values[field.name]) && values[field.name] === suggested[field.name]}
      onChange={(value) => set(field.name, value)}
    />
  )

  return (
    <AccountForm
      kind={kind.kind}
      title={account ? account.name : t('channels.connectTo', { name: kind.name })}
      account={account}
      suggested={kind.name}
      kept={kept}
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
