import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { accounts as api } from '#/api/records'
import type { Account, AccountKind, ID } from '#/api/types'
import { ChannelMark } from '#/inbox/channel-mark'
import { t } from '#/text/text'
import { Empty, Failed, Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Icon } from '#/ui/icons'
import { Menu } from '#/ui/menu'
import { ArchivedChannels } from './archive'
import { ChannelCard } from './channel-card'
import { ChannelDialog } from './channel-form'
import { MailboxDialog } from './mailbox/dialog'
import { EditMailbox } from './mailbox/edit'
import { SignInNews } from './mailbox/news'
import { SystemMailGroup } from './mailbox/system-mail'
import { Group } from './parts'
import type { Values } from './values'

/** The connected networks: which, how they feel, and what to do when they do not. */
export function ChannelsSection() {
  const list = useQuery({ queryKey: ['accounts'], queryFn: api.list, refetchInterval: 5_000 })
  const kinds =
    useQuery({ queryKey: ['account-kinds'], queryFn: api.kinds, staleTime: Number.POSITIVE_INFINITY }).data ??
    []
  const [form, setForm] = useState<{ kind: AccountKind; account: Account | null } | null>(null)
  const [entered, setEntered] = useState<Record<ID, Values>>({})
  const items = list.data?.items ?? []

  function edit(account: Account): void {
    const kind = kinds.find((item) => item.kind === account.kind)
    if (kind) setForm({ kind, account })
  }

  return (
    <Group
      help={t('channels.help')}
      aside={
        <Menu
          trigger={
            <Button tone="primary" small icon="plus">
              {t('channels.connect')}
            </Button>
          }
          items={kinds.map((kind) => ({
            id: kind.kind,
            name: kind.name,
            mark: <ChannelMark kind={kind.kind} className="text-muted" />,
            run: () => setForm({ kind, account: null }),
          }))}
        />
      }
    >
      <SignInNews />
      {list.isError && <Failed onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={2} />}
      {list.data && items.length === 0 && (
        <Empty icon="plug" title={t('channels.empty')}>
          <p>{t('channels.emptyHelp')}</p>
        </Empty>
      )}
      <ul className="flex flex-col gap-3">
        {items.map((account) => (
          <li key={account.id}>
            <ChannelCard
              account={account}
              kind={kinds.find((kind) => kind.kind === account.kind)}
              entered={entered[account.id]}
              onEdit={() => edit(account)}
            />
          </li>
        ))}
      </ul>
      {items.some((account) => account.kind === 'webchat') && (
        <a
          href="/demo"
          target="_blank"
          rel="noreferrer"
          className="flex min-h-6 items-center gap-1.5 self-start font-medium text-accent hover:underline"
        >
          <Icon name="chat" />
          {t('empty.openDemo')}
        </a>
      )}
      <ArchivedChannels />
      <SystemMailGroup accounts={items} />
      {form && (
        <ConnectDialog
          {...form}
          onSaved={(id, values) => setEntered({ ...entered, [id]: { ...entered[id], ...values } })}
          onClose={() => setForm(null)}
        />
      )}
    </Group>
  )
}

interface ConnectDialogProps {
  kind: AccountKind
  account: Account | null
  onSaved: (id: ID, entered: Values) => void
  onClose: () => void
}

/** The way to connect or change a channel: a mailbox has steps of its own, the rest a form. */
function ConnectDialog({ kind, account, onSaved, onClose }: ConnectDialogProps) {
  if (kind.kind !== 'email')
    return <ChannelDialog kind={kind} account={account} onSaved={onSaved} onClose={onClose} />
  if (account) return <EditMailbox kind={kind} account={account} onClose={onClose} />
  return <MailboxDialog onClose={onClose} />
}
