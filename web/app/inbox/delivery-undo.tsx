import { useState } from 'react'
import type { Message } from '#/api/types'
import { useKeys } from '#/keys/keys'
import { useInbox } from '#/live/store'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { useMinute } from '#/ui/minute'
import { say, undoLast } from '#/ui/toast'
import { ChangeTime } from './delivery-time'
import { sendNow, takeBack } from './send'
import { keyTakesBack, mayTakeBack } from './undoable'

const noKeys = {}

/** What has not left yet: until when it waits, and the ways to take it back, hurry it or put it off. */
export function UndoLine({ message, action }: { message: Message; action: string }) {
  const [busy, setBusy] = useState(false)
  const [left] = useState(() => Date.parse(message.release_at ?? '') - Date.now())
  const me = useInbox((state) => state.me)
  useMinute()
  const byKey = keyTakesBack(message, me, Date.now())

  async function undo(): Promise<void> {
    if (busy) return
    setBusy(true)
    const problem = await takeBack(message)
    setBusy(false)
    if (problem) say(problem, { tone: 'error' })
  }
  useKeys(byKey ? { KeyZ: () => void (undoLast() || undo()) } : noKeys)

  async function leave(): Promise<void> {
    if (busy) return
    setBusy(true)
    const problem = await sendNow(message)
    setBusy(false)
    if (problem) say(problem, { tone: 'error' })
  }

  return (
    <div className="mt-0.5 flex flex-col items-end px-1 text-xs">
      <p data-testid="delivery" className="flex flex-wrap items-center justify-end gap-x-2 text-muted">
        {message.state === 'held'
          ? [t('delivery.held'), message.closes ? t('held.closes') : ''].join(' ').trim()
          : message.state === 'scheduled' && left > 30_000
            ? t('delivery.scheduledFor', { time: fullTime(message.release_at ?? '') })
            : t('delivery.undoable')}
        {mayTakeBack(message, me) && (
          <button
            type="button"
            disabled={busy}
            title={byKey ? 'Z' : undefined}
            onClick={() => void undo()}
            className={`${action} text-accent`}
          >
            {t('common.undo')}
          </button>
        )}
        {message.state === 'scheduled' && mayTakeBack(message, me) && (
          <button
            type="button"
            disabled={busy}
            onClick={() => void leave()}
            className={`${action} text-accent`}
          >
            {t('delivery.sendNow')}
          </button>
        )}
        {message.state === 'scheduled' && mayTakeBack(message, me) && left > 60_000 && (
          <ChangeTime message={message} action={action} />
        )}
      </p>
      {message.state !== 'held' && left < 30_000 && (
        <span className="h-0.5 w-24 overflow-hidden rounded-full bg-line">
          <span
            className="block h-full animate-drain bg-accent"
            style={{ animationDuration: `${Math.max(0, left)}ms` }}
          />
        </span>
      )}
    </div>
  )
}
