import { useAccounts } from '#/api/queries'
import type { Account, Contact } from '#/api/types'
import { channelName } from '#/inbox/channel'
import { ChannelMark } from '#/inbox/channel-mark'
import { writing } from '#/inbox/mail/writing'
import { t } from '#/text/text'
import { Badge } from '#/ui/bits'
import { IconButton } from '#/ui/button'
import { Icon } from '#/ui/icons'

/** The addresses a person is known by. */
export function ContactIdentities({ contact }: { contact: Contact }) {
  const accounts = useAccounts()
  const shown = contact.identities ?? []
  if (shown.length === 0) return <p className="text-muted text-sm">{t('contact.noIdentities')}</p>
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {shown.map((identity) => (
        <li key={identity.id} className="flex min-w-0 items-center gap-2">
          <span className="flex w-28 shrink-0 items-center gap-1.5 text-muted">
            <ChannelMark kind={scopeKind(identity.scope, accounts)} className="size-4!" />
            <span dir="auto" className="truncate">
              {scopeName(identity.scope, accounts)}
            </span>
          </span>
          <span dir="auto" className="min-w-0 truncate" title={identity.address}>
            {identity.address}
          </span>
          {identity.scope === 'email' && (
            <IconButton
              icon="pen"
              label={t('participants.write', { name: identity.address })}
              onClick={() => writing.open({ name: contact.name, address: identity.address })}
              className="size-6!"
            />
          )}
          {identity.stops.map((stop) => (
            <Badge key={stop.kind} tone="danger">
              {t('stop.badge', { channel: channelName(stop.kind) })}
            </Badge>
          ))}
          {identity.verified && <Icon name="check" className="size-3.5! text-ok" />}
        </li>
      ))}
    </ul>
  )
}

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
