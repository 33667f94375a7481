import type { Discovery } from '#/api/types'

/** What is typed to connect a mailbox. Numbers are text until they are sent. */
export interface Draft {
  address: string
  way: 'password' | 'oauth'
  password: string
  fromName: string
  backfill: string
  servers: Servers
  client: Client
}

export interface Servers {
  username: string
  imap_host: string
  imap_port: string
  imap_security: string
  smtp_host: string
  smtp_port: string
  smtp_security: string
}

/** The application that an administrator registered with a provider. */
export interface Client {
  provider: string
  client_id: string
  client_secret: string
  tenant: string
  auth_url: string
  token_url: string
  scopes: string
}

export const services = ['google', 'microsoft', 'yandex', 'mailru', 'custom'] as const

/** draftOf begins a mailbox with what was found of its address. */
export function draftOf(address: string, found: Discovery): Draft {
  const value = (name: keyof Servers) => found.config[name] ?? ''
  return {
    address: found.config.address ?? address,
    way: found.oauth && !found.app_password ? 'oauth' : 'password',
    password: '',
    fromName: '',
    backfill: '30',
    servers: {
      username: value('username'),
      imap_host: value('imap_host'),
      imap_port: value('imap_port'),
      imap_security: value('imap_security'),
      smtp_host: value('smtp_host'),
      smtp_port: value('smtp_port'),
      smtp_security: value('smtp_security'),
    },
    client: {
      provider: found.oauth ? found.provider : 'custom',
      client_id: '',
      client_secret: '',
      tenant: '',
      auth_url: '',
      token_url: '',
      scopes: '',
    },
  }
}

/** withoutSecrets is the draft as it may be kept in the browser: what nobody else may read is typed again. */
export function withoutSecrets(draft: Draft): Draft {
  return { ...draft, password: '', client: { ...draft.client, client_secret: '' } }
}

/** configOf is the draft as an account's configuration. What was left empty is not sent. */
export function configOf(draft: Draft): Record<string, unknown> {
  const { servers } = draft
  const config: Record<string, unknown> = {
    address: draft.address,
    from_name: draft.fromName,
    backfill_days: Number(draft.backfill),
    username: servers.username,
    imap_host: servers.imap_host.trim(),
    imap_port: Number(servers.imap_port),
    imap_security: servers.imap_security,
    smtp_host: servers.smtp_host.trim(),
    smtp_port: Number(servers.smtp_port),
    smtp_security: servers.smtp_security,
  }
  if (draft.way === 'oauth') config.oauth = grantOf(draft.client)
  else config.password = draft.password
  return Object.fromEntries(
    Object.entries(config).filter(([, value]) => value !== '' && !Number.isNaN(value)),
  )
}

/** grantOf is a registered application as the field `oauth` holds it. */
export function grantOf(client: Client): string {
  const scopes = client.scopes.split(/\s+/).filter(Boolean)
  const custom = client.provider === 'custom'
  return JSON.stringify({
    provider: client.provider,
    client_id: client.client_id.trim(),
    client_secret: client.client_secret.trim() || undefined,
    tenant: (client.provider === 'microsoft' && client.tenant.trim()) || undefined,
    auth_url: custom ? client.auth_url.trim() : undefined,
    token_url: custom ? client.token_url.trim() : undefined,
    scopes: custom && scopes.length > 0 ? scopes : undefined,
  })
}
