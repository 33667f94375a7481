import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { accounts as api } from '#/api/records'
import type { Account } from '#/api/types'
import { channelName } from '#/inbox/channel'
import { ChannelMark } from '#/inbox/channel-mark'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Group } from './parts'
import { useSave } from './use-save'

/** Puts a channel away. What that means is said before it is done. */
export function ArchiveButton({ account, onDone }: { account: Account; onDone: () => void }) {
  const save = useSave('accounts')
  const [asked, setAsked] = useState(false)
  if (!asked) {
    return (
      <Button small tone="danger" onClick={() => setAsked(true)}>
        {t('channels.archive')}
      </Button>
    )
  }
  return (
    <div role="alertdialog" aria-label={t('channels.archive')} className="flex w-full flex-col gap-2">
      <p className="text-pretty text-muted text-sm">
        {t(account.kind === 'email' ? 'channels.archiveMeansMail' : 'channels.archiveMeans')}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          small
          tone="danger"
          onClick={() => save.mutate(() => api.update(account.id, { archived: true }).then(onDone))}
        >
          {t('channels.archiveDo')}
        </Button>
        <Button small onClick={() => setAsked(false)}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  )
}

/** The channels that were put away, each with its way back. */
export function ArchivedChannels() {
  const list = useQuery({ queryKey: ['accounts', 'archived'], queryFn: api.archived }).data?.items ?? []
  const save = useSave('accounts')
  if (list.length === 0) return null
  return (
    <Group title={t('channels.archived')} help={t('channels.archivedHelp')}>
      <ul className="flex flex-col gap-2">
        {list.map((account) => (
          <li key={account.id} className="flex flex-wrap items-center gap-3">
            <ChannelMark kind={account.kind} />
            <span dir="auto" className="min-w-0 flex-1 truncate">
              {account.name} · {channelName(account.kind)}
            </span>
            <Button small onClick={() => save.mutate(() => api.update(account.id, { archived: false }))}>
              {t('channels.bringBack')}
            </Button>
          </li>
        ))}
      </ul>
    </Group>
  )
}
