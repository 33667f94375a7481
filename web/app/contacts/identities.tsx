import type { Contact } from '#/api/types'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'

/** The addresses a person is known by. */
export function ContactIdentities({ contact }: { contact: Contact }) {
  const shown = contact.identities ?? []
  if (shown.length === 0) return <p className="text-muted text-sm">{t('contact.noIdentities')}</p>
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {shown.map((identity) => (
        <li key={identity.id} className="flex min-w-0 items-center gap-2">
          <span className="w-24 shrink-0 truncate text-muted">{scopeName(identity.scope)}</span>
          <span className="min-w-0 truncate" title={identity.address}>
            {identity.address}
          </span>
          {identity.verified && <Icon name="check" className="size-3.5! text-ok" />}
        </li>
      ))}
    </ul>
  )
}

/** A scope is a network, or one account of a network ("webchat:17"). */
function scopeName(scope: string): string {
  const kind = scope.split(/[:/]/)[0] ?? scope
  switch (kind) {
    case 'email':
      return t('scope.email')
    case 'phone':
      return t('scope.phone')
    case 'webchat':
      return t('scope.webchat')
    default:
      return kind
  }
}
