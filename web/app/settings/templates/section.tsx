import { useQuery } from '@tanstack/react-query'
import { useAccounts } from '#/api/queries'
import { messageTemplates as api } from '#/api/templates'
import { t } from '#/text/text'
import { Empty, Failed, Skeleton } from '#/ui/bits'
import { Group } from '../parts'
import { AccountTemplates } from './account'

/** The texts that networks approve: which there are, how far each is, and how they read. */
export function TemplatesSection() {
  const accounts = useAccounts()
  const list = useQuery({ queryKey: ['message-templates'], queryFn: () => api.list() })
  const readings = list.data?.readings ?? []
  return (
    <Group help={t('template.help')}>
      {list.isError && <Failed onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={3} />}
      {list.data && readings.length === 0 && (
        <Empty icon="note" title={t('template.noChannels')}>
          <p>{t('template.noChannelsHelp')}</p>
        </Empty>
      )}
      {readings.map((reading) => (
        <AccountTemplates
          key={reading.account_id}
          account={accounts.find((account) => account.id === reading.account_id)}
          reading={reading}
          items={(list.data?.items ?? []).filter((item) => item.account_id === reading.account_id)}
        />
      ))}
    </Group>
  )
}
