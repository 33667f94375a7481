import { useQuery } from '@tanstack/react-query'
import { accounts as api } from '#/api/records'
import type { Account, AccountKind } from '#/api/types'
import { t, words } from '#/text/text'
import { fullTime } from '#/text/time'
import { Dot } from '#/ui/bits'
import { hookOf } from './applying'
import { CopyText } from './parts'
import type { Values } from './values'

/** usePush tells what is to be done with an account's webhook address, and when the network last came. */
export function usePush(account: Account, kind: AccountKind | undefined) {
  const hook = account.webhook_url && kind ? hookOf(kind, account.config) : undefined
  const last = useQuery({
    queryKey: ['accounts', account.id, 'last-received'],
    queryFn: () => api.lastReceived(account.id),
    enabled: hook !== undefined,
    refetchInterval: (query) => (query.state.data === null ? 5_000 : false),
  }).data
  return { hook, last, waiting: hook !== undefined && last === null }
}

/** What was connected just now comes into view, wherever in the list it stands. */
export function intoView(node: HTMLElement | null): void {
  node?.scrollIntoView({ block: 'nearest' })
}

interface WebhookProps {
  account: Account
  kind: AccountKind
  /** What was entered just now; secrets are not shown again later. */
  entered: Values | undefined
  push: ReturnType<typeof usePush>
}

/** Where the network is told to push, what with, and whether it has. */
export function Webhook({ account, kind, entered, push }: WebhookProps) {
  const { hook, last } = push
  if (!hook || !account.webhook_url) return null
  const beside = kind.fields.filter((field) => hook.with.includes(field.name))
  // Without a public address the server knows the path alone.
  const address = new URL(account.webhook_url, window.location.href).href
  return (
    <div ref={entered && intoView} className="flex flex-col gap-3 rounded-md border border-line px-3 py-2.5">
      <p className="text-pretty text-sm">{words(hook.paste)}</p>
      <CopyText label={t('channels.webhook')} text={address} />
      {beside.map((field) => {
        const value = entered?.[field.name]
        const label = words(field.label)
        return typeof value === 'string' && value ? (
          <CopyText key={field.name} label={label} text={value} />
        ) : (
          <p key={field.name} className="text-pretty text-muted text-sm">
            {t('channels.besideKept', { name: label })}
          </p>
        )
      })}
      {last !== undefined && (
        <p role="status" className="flex items-center gap-2 text-muted text-sm">
          <Dot color={last ? 'var(--c-ok)' : 'var(--c-warn)'} className="size-2" />
          {last ? t('channels.pushed', { time: fullTime(last.at) }) : t('channels.pushAwaited')}
        </p>
      )}
    </div>
  )
}
