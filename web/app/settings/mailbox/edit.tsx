import { useState } from 'react'
import { accounts as api } from '#/api/records'
import type { Account, AccountKind, AccountTest, KindField } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { say } from '#/ui/toast'
import { AccountForm, type Common } from '../account-form'
import { ConfigField } from '../config-field'
import { Folded } from '../folded'
import { useValues } from '../kept-values'
import { toConfig, type Values } from '../values'
import { ClientFields } from './client-fields'
import { type Client, grantOf } from './draft'
import { fieldErrors, Verdict } from './verdict'

interface EditMailboxProps {
  kind: AccountKind
  account: Account
  onClose: () => void
}

/** What people change first stands on top; the rest is folded away. */
const first = ['from_name', 'aliases', 'password']
const servers = /^(imap|smtp)_|^username$/

const newClient: Client = {
  provider: 'google',
  client_id: '',
  client_secret: '',
  tenant: '',
  auth_url: '',
  token_url: '',
  scopes: '',
}

/** Changes a connected mailbox. Secrets are never shown and stay as they are when left empty. */
export function EditMailbox({ kind, account, onClose }: EditMailboxProps) {
  const consented = account.secrets.includes('oauth')
  const fields = kind.fields.filter((field) => field.name !== (consented ? 'password' : 'oauth'))
  const plain = fields.filter((field) => field.name !== 'oauth')
  const { values, set, kept } = useValues(kind, plain, account)
  const [client, setClient] = useState(newClient)
  const [result, setResult] = useState<AccountTest | null>(null)

  function config(): Values {
    const changed = toConfig(plain, values)
    return client.client_id ? { ...changed, oauth: grantOf(client) } : changed
  }

  async function save(common: Common): Promise<void> {
    await api.update(account.id, { ...common, config: config() })
    if (client.client_id) await signIn(account.id)
    else onClose()
  }

  async function test(): Promise<void> {
    setResult(null)
    try {
      setResult(await api.tryOut({ kind: kind.kind, account_id: account.id, config: config() }))
    } catch (problem) {
      say(errorText(problem), { tone: 'error' })
    }
  }

  const flaws = (refused: Record<string, string>) => ({ ...fieldErrors(result), ...refused })
  const wrong = (refused: Record<string, string>, here: (name: string) => boolean) =>
    Object.keys(flaws(refused)).some((path) => path.startsWith('config.') && here(path.slice(7)))

  const draw = (refused: Record<string, string>) => (field: KindField) => (
    <ConfigField
      key={field.name}
      field={field}
      kept={account.secrets.includes(field.name)}
      value={values[field.name]}
      error={flaws(refused)[`config.${field.name}`]}
      onChange={(value) => set(field.name, value)}
    />
  )

  return (
    <AccountForm
      kind={kind.kind}
      title={account.name}
      account={account}
      suggested={account.name}
      kept={kept}
      onSave={save}
      onClose={onClose}
      more={(errors) => (
        <>
          <Folded title={t('mailbox.servers')} wrong={wrong(errors, (name) => servers.test(name))}>
            {plain.filter((field) => servers.test(field.name)).map(draw(errors))}
          </Folded>
          <Folded title={t('mailbox.oauthTitle')} wrong={wrong(errors, (name) => name === 'oauth')}>
            <ClientFields optional client={client} error={errors['config.oauth']} onChange={setClient} />
          </Folded>
          <Folded
            title={t('mailbox.more')}
            wrong={wrong(errors, (name) => name !== 'oauth' && !first.includes(name) && !servers.test(name))}
          >
            {plain
              .filter((field) => !first.includes(field.name) && !servers.test(field.name))
              .map(draw(errors))}
          </Folded>
          {result && <Verdict result={result} />}
        </>
      )}
      actions={
        <Button small onClick={() => void test()}>
          {t('channels.test')}
        </Button>
      }
    >
      {(errors) => (
        <>
          {plain.filter((field) => first.includes(field.name)).map(draw(errors))}
          <p className="text-muted text-sm">{t('mailbox.signatureHint')}</p>
        </>
      )}
    </AccountForm>
  )
}

/** signIn leaves for the provider's page, which leads back to this one. */
export async function signIn(id: string): Promise<void> {
  const { url } = await api.login(id, 'start')
  window.location.assign(url)
}
