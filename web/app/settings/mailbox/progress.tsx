import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { accounts as api } from '#/api/records'
import type { Account } from '#/api/types'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'

/** How far a mailbox is with reading what was there already. */
export function BackfillLine({ progress }: { progress: NonNullable<Account['progress']> }) {
  return (
    <div className="flex flex-col gap-1">
      <progress
        aria-label={t('mailbox.progressName')}
        value={progress.done}
        max={Math.max(progress.total, 1)}
        className="h-1.5 w-full accent-accent"
      />
      <p className="text-muted text-sm">{t('mailbox.progress', progress)}</p>
    </div>
  )
}

/** The last step: the mailbox comes up while one looks, and goes on when one leaves. */
export function Coming({ account, onClose }: { account: Account; onClose: () => void }) {
  const { data = account } = useQuery({
    queryKey: ['accounts', account.id],
    queryFn: () => api.get(account.id),
    refetchInterval: 1_000,
  })
  const connected = data.state === 'connected'
  const trouble = !connected && data.error?.text
  return (
    <div className="flex flex-col gap-4">
      <p
        role="status"
        className={`flex items-start gap-2 ${connected ? 'text-ok' : trouble ? 'text-danger' : 'text-muted'}`}
      >
        <Icon name={connected ? 'check' : trouble ? 'alert' : 'clock'} className="mt-0.5" />
        <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
          {connected ? t('mailbox.connected') : trouble || t('mailbox.connecting')}
        </span>
      </p>
      {data.progress && <BackfillLine progress={data.progress} />}
      <p className="text-pretty text-muted text-sm">
        {t('mailbox.goOn')} {t('mailbox.signatureHint')}
      </p>
      <Link
        to="/inbox"
        onClick={onClose}
        className="inline-flex h-9 items-center self-end rounded-md bg-accent px-3.5 font-medium text-on-accent hover:bg-accent-hover"
      >
        {t('mailbox.toInbox')}
      </Link>
    </div>
  )
}
