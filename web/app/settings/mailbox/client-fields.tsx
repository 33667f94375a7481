import { t } from '#/text/text'
import { Input, Select } from '#/ui/field'
import { CopyText } from '../parts'
import { type Client, services } from './draft'

const names: Record<string, string> = {
  google: 'Google',
  microsoft: 'Microsoft',
  yandex: 'Яндекс',
  mailru: 'Mail.ru',
}

interface ClientFieldsProps {
  client: Client
  error: string | undefined
  /** Nothing needs to be filled in. */
  optional?: boolean
  onChange: (client: Client) => void
}

/** The application that was registered with the provider: what it needs of us, and we of it. */
export function ClientFields({ client, error, optional = false, onChange }: ClientFieldsProps) {
  const field = (name: keyof Client, label: string, more: Partial<Parameters<typeof Input>[0]> = {}) => (
    <Input
      autoComplete="off"
      spellCheck={false}
      {...more}
      label={label}
      value={client[name]}
      onChange={(event) => onChange({ ...client, [name]: event.target.value })}
    />
  )
  return (
    <div className="flex flex-col gap-4">
      <Select
        label={t('mailbox.service')}
        value={client.provider}
        onChange={(event) => onChange({ ...client, provider: event.target.value })}
      >
        {services.map((name) => (
          <option key={name} value={name}>
            {names[name] ?? t('mailbox.service.custom')}
          </option>
        ))}
      </Select>
      <p className="text-pretty text-muted text-sm">{t('mailbox.clientHelp')}</p>
      <CopyText label={t('mailbox.returnAddress')} text={`${window.location.origin}/oauth/callback`} />
      {field('client_id', t('mailbox.clientId'), { required: !optional, error })}
      {field('client_secret', t('mailbox.clientSecret'), { type: 'password', autoComplete: 'new-password' })}
      {client.provider === 'microsoft' &&
        field('tenant', t('mailbox.tenant'), { help: t('mailbox.tenantHelp') })}
      {client.provider === 'custom' && (
        <>
          {field('auth_url', t('mailbox.authUrl'), { required: !optional, type: 'url' })}
          {field('token_url', t('mailbox.tokenUrl'), { required: !optional, type: 'url' })}
          {field('scopes', t('mailbox.scopes'), { help: t('mailbox.scopesHelp') })}
        </>
      )}
    </div>
  )
}
