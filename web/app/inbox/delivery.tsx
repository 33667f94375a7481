import { type ReactNode, useState, useSyncExternalStore } from 'react'
import type { Message } from '#/api/types'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Icon, type IconName } from '#/ui/icons'
import { say } from '#/ui/toast'
import { rests } from './composer-rest'
import { UndoLine } from './delivery-undo'
import { failureAdvice } from './mail/failure'
import { outbox, resend } from './send'
import { useKnownLimits } from './use-limits'
import { reasonAlone, waiting } from './way'

const icons: Partial<Record<Message['state'], IconName>> = {
  queued: 'clock',
  sending: 'clock',
  sent: 'check',
  delivered: 'checks',
  read: 'checks',
  scheduled: 'clock',
  held: 'pause',
}

/** What is known about this message's way: never more than that, and what to do when it went wrong. */
export function Delivery({ message }: { message: Message }) {
  if (message.id.startsWith('local:')) return <Posting client={message.client_id} />
  if (message.seq === null && (message.release_at || message.state === 'held'))
    return <UndoLine message={message} action={action} />
  if (message.state === 'failed' || message.state === 'uncertain') return <Trouble message={message} />
  if (message.state === 'queued') return <Waiting message={message} />
  const tone = message.state === 'read' ? 'text-accent' : 'text-muted'
  const line = (
    <Line
      icon={icons[message.state]}
      tone={tone}
      title={message.sent_at ? fullTime(message.sent_at) : undefined}
    >
      {t(`delivery.${message.state}`)}
    </Line>
  )
  if (!message.error) return line
  return (
    <>
      {line}
      <Line icon="alert" tone="text-warn">
        <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
          {reasonAlone(message)}
        </span>
      </Line>
    </>
  )
}

/** On its way to the server, which may be out of reach. */
function Posting({ client }: { client: string | null }) {
  const waits = useSyncExternalStore(outbox.subscribe, () => outbox.waits(client))
  return waits ? (
    <Line icon="clock" tone="text-warn">
      {t('delivery.waitsForLink')}
    </Line>
  ) : (
    <Line icon="clock">{t('delivery.posting')}</Line>
  )
}

function Waiting({ message }: { message: Message }) {
  const rest = rests(useKnownLimits(message.conversation_id))
  return (
    <Line icon={rest ? 'pause' : 'clock'} tone={message.error || rest ? 'text-warn' : 'text-muted'}>
      <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
        {waiting(message, rest)}
      </span>
    </Line>
  )
}

interface LineProps {
  icon?: IconName
  tone?: string
  title?: string
  children: ReactNode
}

function Line({ icon, tone = 'text-muted', title, children }: LineProps) {
  return (
    <p
      data-testid="delivery"
      title={title}
      className={`mt-0.5 flex min-h-5 items-center gap-1 px-1 text-xs ${tone}`}
    >
      {icon && <Icon name={icon} className="size-3.5!" />}
      {children}
    </p>
  )
}

const action =
  'inline-flex min-h-6 items-center rounded-sm px-1 font-semibold underline-offset-2 hover:underline'

function Trouble({ message }: { message: Message }) {
  const [busy, setBusy] = useState(false)
  const failed = message.state === 'failed'
  const reason = reasonAlone(message)
  const advice = failed ? failureAdvice(message.error?.code ?? '') : null

  async function again(): Promise<void> {
    setBusy(true)
    const problem = await resend(message)
    setBusy(false)
    if (problem) say(problem, { tone: 'error' })
  }

  return (
    <p
      data-testid="delivery"
      role="alert"
      className={`mt-0.5 flex max-w-full flex-wrap items-center justify-end gap-x-1 px-1 text-end text-xs ${failed ? 'text-danger' : 'text-warn'}`}
    >
      <Icon name="alert" className="size-3.5!" />
      <span className="font-medium">{failed ? t('delivery.failed') : t('delivery.uncertain')}</span>
      {reason && (
        <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
          {reason}
        </span>
      )}
      {advice && <span className="min-w-0 text-text">{t(`mail.failed.${advice}`)}</span>}
      <button type="button" disabled={busy} onClick={() => void again()} className={action}>
        {failed ? t('delivery.tryAgain') : t('delivery.sendOnceMore')}
      </button>
    </p>
  )
}
