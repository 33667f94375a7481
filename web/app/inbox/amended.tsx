import { useState } from 'react'
import type { Amendment, Message } from '#/api/types'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'
import { say } from '#/ui/toast'
import { again, drop, react, shown, waits } from './amend'
import { reasonAlone } from './way'

/** Our side's reaction; pressed, it is taken back. */
export function OwnReaction({ message, can }: { message: Message; can: boolean }) {
  const { reaction, waits: waiting } = shown(message)
  if (!reaction) return null
  async function takeBack(): Promise<void> {
    const problem = await react(message, reaction)
    if (problem) say(problem, { tone: 'error' })
  }
  return (
    <button
      type="button"
      data-testid="own-reaction"
      disabled={!can}
      aria-label={t('amend.own', { what: reaction })}
      title={t('amend.own', { what: reaction })}
      onClick={() => void takeBack()}
      className={`min-h-6 min-w-6 rounded-full border border-accent bg-accent-soft px-1.5 text-sm text-text ${waiting.includes('reaction') ? 'opacity-60' : ''}`}
    >
      {reaction}
    </button>
  )
}

/** What is being changed of a message, and what did not come about: why, and what to do about it. */
export function Amended({ message }: { message: Message }) {
  const lines = message.amendments.filter((one) => one.kind !== 'reaction' || !waits(one))
  return lines.map((one) => <Line key={one.kind} message={message} one={one} />)
}

function Line({ message, one }: { message: Message; one: Amendment }) {
  const [busy, setBusy] = useState(false)
  async function run(act: (message: Message, one: Amendment) => Promise<string | null>): Promise<void> {
    setBusy(true)
    const problem = await act(message, one)
    setBusy(false)
    if (problem) say(problem, { tone: 'error' })
  }
  const words = reasonAlone(one)
  if (one.state === 'queued' || one.state === 'sending') {
    return (
      <p
        data-testid="amendment"
        data-state={one.state}
        className="mt-0.5 flex flex-wrap items-center gap-1 px-1 text-muted text-xs"
      >
        <Icon name="clock" className="size-3.5!" />
        {one.kind === 'delete' ? t('amend.wait.delete') : t('amend.wait.edit')}
        {words && (
          <span dir="auto" className="min-w-0 text-warn [overflow-wrap:anywhere]">
            {words}
          </span>
        )}
        {words && (
          <button type="button" disabled={busy} onClick={() => void run(drop)} className={action}>
            {t('common.cancel')}
          </button>
        )}
      </p>
    )
  }
  return (
    <p
      data-testid="amendment"
      data-state={one.state}
      role="alert"
      className={`mt-0.5 flex max-w-full flex-wrap items-center gap-x-1 px-1 text-xs ${message.direction === 'outbound' ? 'justify-end' : ''} ${one.state === 'failed' ? 'text-danger' : 'text-warn'}`}
    >
      <Icon name="alert" className="size-3.5!" />
      <span className="font-medium">{t(`amend.${one.state}.${one.kind}`)}</span>
      {words && (
        <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
          {words}
        </span>
      )}
      {one.kind === 'edit' && (
        <q dir="auto" className="min-w-0 text-muted [overflow-wrap:anywhere]">
          {one.text}
        </q>
      )}
      <button type="button" disabled={busy} onClick={() => void run(again)} className={action}>
        {t('common.tryAgain')}
      </button>
      <button type="button" disabled={busy} onClick={() => void run(drop)} className={action}>
        {t('common.dismiss')}
      </button>
    </p>
  )
}

const action =
  'inline-flex min-h-6 items-center rounded-sm px-1 font-semibold underline-offset-2 hover:underline'
