import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useAccounts } from '#/api/queries'
import { intakeRules as api } from '#/api/rules'
import type { Account } from '#/api/types'
import { channelName } from '#/inbox/channel'
import { ChannelMark } from '#/inbox/channel-mark'
import { t } from '#/text/text'
import { Empty } from '#/ui/bits'
import { Icon } from '#/ui/icons'
import { Group, RowItem, Rows } from '../parts'
import { AccountIntake } from './intake-account'

/** What arriving messages open, by channel: the channels, or the rules of the one that is open. */
export function IntakeSection() {
  const { item } = useParams({ strict: false })
  const accounts = useAccounts()
  const account = accounts.find((one) => one.id === item)
  if (account) return <AccountIntake account={account} />
  return (
    <Group help={t('intake.help')}>
      {accounts.length === 0 && (
        <Empty icon="plug" title={t('channels.empty')}>
          <p>{t('intake.noChannels')}</p>
        </Empty>
      )}
      <Rows>
        {accounts.map((one) => (
          <RowItem key={one.id}>
            <ChannelLine account={one} />
          </RowItem>
        ))}
      </Rows>
    </Group>
  )
}

function ChannelLine({ account }: { account: Account }) {
  const rules = useQuery({
    queryKey: ['intake-rules', account.id],
    queryFn: () => api.list(account.id),
  }).data?.items
  return (
    <Link
      to="/settings/$section/$item"
      params={{ section: 'intake', item: account.id }}
      className="-mx-2 flex min-h-10 min-w-0 flex-1 items-center gap-3 rounded-md px-2 hover:bg-hover"
    >
      <ChannelMark kind={account.kind} className="text-muted" />
      <span className="flex min-w-0 flex-1 flex-col">
        <span dir="auto" className="truncate font-medium">
          {account.name}
        </span>
        <span dir="auto" className="truncate text-muted text-sm">
          {channelName(account.kind)}
        </span>
      </span>
      <span className="text-muted text-sm">{rules && t('intake.count', { n: rules.length })}</span>
      <Icon name="down" className="-rotate-90 text-muted rtl:rotate-90" />
    </Link>
  )
}
