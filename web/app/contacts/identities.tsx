import { useAccounts } from '#/api/queries'
import type { Account, Contact } from '#/api/types'
import { channelName } from '#/inbox/channel'
import { ChannelMark } from '#/inbox/channel-mark'
import { writing } from '#/inbox/mail/writing'
import { t } from '#/text/text'
import { Badge } from '#/ui/bits'
import { IconButton } from '#/ui/button'
import { Icon } from '#/ui/icons'
import { Menu } from '#/ui/menu'

interface ContactIdentitiesProps {
  contact: Contact
  /** Where addresses can be taken away. */
  onRemove?: (identity: Contact['identities'][number]) => void
}

/** The addresses a person is known by. */
export function ContactIdentities({ contact, onRemove }: ContactIdentitiesProps) {
  const accounts = useAccounts()
  const shown = contact.identities ?? []
  if (shown.length === 0) return <p className="text-muted text-sm">{t('contact.noIdentities')}</p>
  return (
    <ul className="grid grid-cols-[fit-content(7rem)_minmax(0,1fr)] gap-x-2 gap-y-1 text-sm">
      {shown.map((identity) => (
        <li key={identity.id} className="col-span-2 grid min-w-0 grid-cols-subgrid items-center">
          <span className="flex min-w-0 items-center gap-1.5 text-muted">
            <ChannelMark kind={scopeKind(identity.scope, accounts)} className="size-4!" />
            <span dir="auto" className="truncate">
              {scopeName(identity.scope, accounts)}
            </span>
          </span>
          <span className="flex min-h-6 min-w-0 items-center gap-1">
            <span dir="auto" className="min-w-0 truncate" title={identity.address}>
              {said(identity, accounts)}
            </span>
            {identity.verified && !isMachines(identity.scope, accounts) && (
              <span className="shrink-0" title={t('identity.confirmed')}>
                <Icon name="check" className="size-3.5! text-ok" />
                <span className="sr-only">{t('identity.confirmed')}</span>
              </span>
            )}
            <WriteTo name={contact.name} scope={identity.scope} address={identity.address} />
            {identity.stops.map((stop) => (
              <Badge key={stop.kind} tone="danger">
                {t('stop.badge', { channel: channelName(stop.kind) })}
              </Badge>
            ))}
            {onRemove && (
              <IconButton
                icon="close"
                label={t('contact.removeAddress', { address: identity.address })}
                onClick={() => onRemove(identity)}
                className="ms-auto size-6!"
              />
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Writes first to an address, by each network that can. A number may be reached by several. */
function WriteTo({ name, scope, address }: { name: string; scope: string; address: string }) {
  const channels = useAccounts().filter((account) => account.writes_to === scope)
  const first = channels[0]
  if (!first) return null
  const label = t('participants.write', { name: address })
  const write = (account: Account) =>
    account.kind === 'email' ? writing.open({ name, address }) : writing.openChat(account.id, address)
  if (channels.length === 1 || scope === 'email')
    return <IconButton icon="pen" label={label} onClick={() => write(first)} className="size-6! shrink-0" />
  return (
    <Menu
      trigger={<IconButton icon="pen" label={label} className="size-6! shrink-0" />}
      items={channels.map((account) => ({
        id: account.id,
        name: account.name,
        leads: true,
        run: () => write(account),
      }))}
    />
  )
}

/** By what a person is told from others of the name, in a list: where they are written to, else by where they came from. */
export function knownBy(contact: Contact, accounts: Account[]): string {
  const list = contact.identities ?? []
  const of = (test: (scope: string) => boolean) => list.find((one) => test(one.scope))
  const one =
    of((scope) => scope === 'email') ??
    of((scope) => scope === 'phone') ??
    of((scope) => !isMachines(scope, accounts)) ??
    list[0]
  return one ? said(one, accounts) : ''
}

/** All addresses of a contact as people say them; browsers, which nobody can tell apart, once. */
export function addressesOf(contact: Pick<Contact, 'identities'>, accounts: Account[]): string[] {
  return [...new Set((contact.identities ?? []).map((one) => said(one, accounts)))]
}

/** What is said of an address: one that a machine gave says nothing to anybody. */
const said = ({ scope, address }: { scope: string; address: string }, accounts: Account[]): string =>
  isMachines(scope, accounts) ? t('identity.browser') : address

/** isMachines is true of addresses that a machine gave: nobody is reached or known by them. */
const isMachines = (scope: string, accounts: Account[]): boolean => scopeKind(scope, accounts) === 'webchat'

/** The network whose sign stands beside a scope; a number is everybody's. */
function scopeKind(scope: string, accounts: Account[]): string {
  const [kind = scope, id] = scope.split(':')
  if (kind === 'phone') return 'voice'
  return kind === 'account' ? (accounts.find((account) => account.id === id)?.kind ?? 'custom') : kind
}

/** A scope is a network, or "account:17" where addresses are local to one account. */
function scopeName(scope: string, accounts: Account[]): string {
  const [kind = scope, id] = scope.split(':')
  switch (kind) {
    case 'account':
      return accounts.find((account) => account.id === id)?.name ?? t('scope.account')
    case 'email':
      return t('scope.email')
    case 'phone':
      return t('scope.phone')
    default:
      return channelName(kind)
  }
}
