import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { quarantine as api } from '#/api/quarantine'
import type { Account, QuarantinedEvent, ReceivedEvent } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { channelIcon } from '#/inbox/channel'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Failed, Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Icon } from '#/ui/icons'

interface ItemProps {
  event: QuarantinedEvent
  account: Account | undefined
  /** Runs what takes the event out of the quarantine; throws when it stays. */
  onLeave: (run: () => Promise<ReceivedEvent[] | null>) => Promise<unknown>
}

/** One event that was not understood: from where, when and why, and what to do about it. */
export function QuarantineItem({ event, account, onLeave }: ItemProps) {
  const [shown, setShown] = useState(false)
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')

  async function leave(run: () => Promise<ReceivedEvent[] | null>): Promise<void> {
    setBusy(true)
    setProblem('')
    try {
      await onLeave(run)
    } catch (error) {
      setProblem(errorText(error))
      setBusy(false)
    }
  }

  return (
    <article className="flex flex-col gap-2.5 rounded-lg border border-line p-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Icon name={channelIcon(account?.kind ?? '')} className="text-muted" />
        <h3 dir="auto" className="min-w-0 flex-1 truncate font-semibold">
          {account?.name ?? t('quarantine.gone')}
        </h3>
        <time dateTime={event.at} className="numeric text-muted text-sm">
          {fullTime(event.at)}
        </time>
      </header>
      <p dir="auto" className="[overflow-wrap:anywhere]">
        {event.error}
      </p>
      {problem && (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          small
          busy={busy}
          icon="undo"
          onClick={() => void leave(async () => (await api.retry(event.id)).items)}
        >
          {t('quarantine.retry')}
        </Button>
        <Button small tone="quiet" icon="eye" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {t('quarantine.look')}
        </Button>
        <a
          href={event.raw_url}
          download
          className="inline-flex h-7 items-center gap-1.5 rounded-md px-2.5 font-medium text-muted text-sm hover:bg-hover hover:text-text"
        >
          <Icon name="download" />
          {t('quarantine.download')}
        </a>
        {!asked && (
          <Button small tone="quiet" onClick={() => setAsked(true)}>
            {t('quarantine.discard')}
          </Button>
        )}
      </div>
      {asked && (
        <div role="alertdialog" aria-label={t('quarantine.discard')} className="flex flex-col gap-2">
          <p className="text-pretty text-muted text-sm">{t('quarantine.discardMeans')}</p>
          <div className="flex flex-wrap gap-2">
            <Button
              small
              tone="danger"
              busy={busy}
              onClick={() => void leave(() => api.discard(event.id).then(() => null))}
            >
              {t('quarantine.discardDo')}
            </Button>
            <Button small onClick={() => setAsked(false)}>
              {t('common.cancel')}
            </Button>
          </div>
        </div>
      )}
      {shown && <Raw id={event.id} />}
    </article>
  )
}

/** As much as a page can bear; the download has the rest. */
const shownOfRaw = 50_000

/** What came, as text and nothing else: it is from outside, and nobody has understood it. */
function Raw({ id }: { id: string }) {
  const whole = useQuery({ queryKey: ['quarantine', id], queryFn: () => api.get(id) })
  if (whole.isError) return <Failed onRetry={() => void whole.refetch()} />
  if (!whole.data) return <Skeleton rows={1} />
  const raw = whole.data.raw
  return (
    <>
      <section
        dir="ltr"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled text has to be reachable by keys
        tabIndex={0}
        aria-label={t('quarantine.look')}
        className="scroller max-h-80 overflow-auto whitespace-pre-wrap rounded-md bg-sunken p-3 font-mono text-sm [overflow-wrap:anywhere]"
      >
        {raw.slice(0, shownOfRaw)}
      </section>
      {raw.length > shownOfRaw && <p className="text-muted text-sm">{t('quarantine.longer')}</p>}
    </>
  )
}
