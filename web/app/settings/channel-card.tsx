import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTeams } from '#/api/queries'
import { accounts as api } from '#/api/records'
import type { Account, AccountKind, AccountState, AccountTest } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { channelName } from '#/inbox/channel'
import { ChannelMark } from '#/inbox/channel-mark'
import { t } from '#/text/text'
import { Badge } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Icon } from '#/ui/icons'
import { useAsked } from './asked'
import { signIn } from './mailbox/edit'
import { MissedHint } from './mailbox/missed-hint'
import { BackfillLine } from './mailbox/progress'
import { Verdict } from './mailbox/verdict'
import { CopyText } from './parts'
import { size } from './quarantine/outcome'
import { useSave } from './use-save'
import type { Values } from './values'
import { intoView, usePush, Webhook } from './webhook'

const stateTone: Record<AccountState, 'ok' | 'warn' | 'danger' | 'plain'> = {
  connected: 'ok',
  cannot_send: 'danger',
  connecting: 'plain',
  reconnecting: 'warn',
  needs_auth: 'danger',
  broken: 'danger',
  stopped: 'plain',
}

/** States that a new sign-in may end. */
const signedOut: AccountState[] = ['needs_auth', 'cannot_send']

interface ChannelCardProps {
  account: Account
  kind: AccountKind | undefined
  /** What was entered for it just now, while the page knows. */
  entered: Values | undefined
  onEdit: () => void
}

export function ChannelCard({ account, kind, entered, onEdit }: ChannelCardProps) {
  const team = useTeams().find((item) => item.id === account.team_id)
  const [verdict, setVerdict] = useState<AccountTest | null>(null)
  const [testing, setTesting] = useState(false)
  const push = usePush(account, kind)
  const [wanted, setWanted] = useState<boolean | null>(null)
  useAsked('site', () => setWanted(account.kind === 'webchat'))
  const save = useSave('accounts')
  const error = account.error?.text ?? ''
  const consents = account.secrets.includes('oauth')
  const extras = Boolean(account.snippet || push.hook)
  // Until the network has come, what it must be told stands open.
  const shown = wanted ?? push.waiting

  async function test(): Promise<void> {
    setTesting(true)
    setVerdict(null)
    try {
      setVerdict(await api.test(account.id))
    } catch (problem) {
      setVerdict({ ok: false, code: '', field: '', text: errorText(problem), parts: [] })
    } finally {
      setTesting(false)
    }
  }

  return (
    <article
      ref={entered && intoView}
      aria-label={account.name}
      className="flex flex-col gap-3 rounded-lg border border-line p-4"
    >
      <div className="flex flex-wrap items-center gap-3">
        <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-sunken text-muted">
          <ChannelMark kind={account.kind} className="size-5" />
        </span>
        <div className="flex min-w-0 flex-1 flex-col">
          <h3 dir="auto" className="truncate font-semibold">
            {account.name}
          </h3>
          <span dir="auto" className="truncate text-muted text-sm">
            {[channelName(account.kind), team?.name].filter(Boolean).join(' · ')}
          </span>
        </div>
        {account.quarantined > 0 && (
          <Link
            to="/settings/$section"
            params={{ section: 'quarantine' }}
            className="flex min-h-6 items-center"
          >
            <Badge tone="warn">{t('quarantine.badge', { count: size(account.quarantined) })}</Badge>
          </Link>
        )}
        <Badge tone={account.paused ? 'plain' : stateTone[account.state]}>
          {account.paused ? t('channels.paused') : t(`channels.state.${account.state}`)}
        </Badge>
      </div>
      {error && !account.paused && (
        <p className="flex items-start gap-1.5 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
          <Icon name="alert" className="mt-0.5 size-4!" />
          <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
            {error}
          </span>
        </p>
      )}
      {account.kind === 'email' && !account.paused && <MissedHint account={account} />}
      {account.progress && !account.paused && <BackfillLine progress={account.progress} />}
      {verdict && <Verdict result={verdict} />}
      <div className="flex flex-wrap gap-2">
        <Button small onClick={onEdit}>
          {t('common.edit')}
        </Button>
        <Button small busy={testing} onClick={() => void test()}>
          {t('channels.test')}
        </Button>
        <Button
          small
          icon={account.paused ? 'play' : 'pause'}
          onClick={() => save.mutate(() => (account.paused ? api.resume(account.id) : api.pause(account.id)))}
        >
          {account.paused ? t('channels.resume') : t('channels.pause')}
        </Button>
        {consents && signedOut.includes(account.state) && !account.paused && (
          <Button small tone="primary" icon="key" onClick={() => save.mutate(() => signIn(account.id))}>
            {t('mailbox.signInAgain')}
          </Button>
        )}
        <Link
          to="/settings/$section/$item"
          params={{ section: 'intake', item: account.id }}
          className="inline-flex h-7 items-center gap-1.5 rounded-md px-2.5 font-medium text-muted text-sm hover:bg-hover hover:text-text"
        >
          <Icon name="funnel" />
          {t('intake.link')}
        </Link>
        {extras && (
          <Button small tone="quiet" icon="link" aria-expanded={shown} onClick={() => setWanted(!shown)}>
            {account.snippet ? t('channels.install') : t('channels.webhook')}
          </Button>
        )}
      </div>
      {shown && account.snippet && (
        <div className="flex flex-col gap-2">
          <p className="text-pretty text-muted text-sm">
            {t(account.markup ? 'channels.formHelp' : 'channels.snippetHelp')}
          </p>
          <CopyText multiline label={t('channels.snippet')} text={account.snippet} />
          {account.markup && <CopyText multiline label={t('channels.markup')} text={account.markup} />}
        </div>
      )}
      {shown && kind && <Webhook account={account} kind={kind} entered={entered} push={push} />}
    </article>
  )
}
