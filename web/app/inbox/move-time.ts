import { reschedule } from '#/api/later'
import type { Message } from '#/api/types'
import { putMessage } from '#/live/change'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { say } from '#/ui/toast'
import { errorText } from './actions'

/** moveTime has an answer that waits leave at another time; undone, at the one before, if that is still to come. */
export async function moveTime(message: Message, at: Date): Promise<void> {
  const before = message.release_at
  if (!(await move(message, at))) return
  const undo = before ? () => void move(message, new Date(before)) : undefined
  say(t('later.moved', { time: fullTime(at.toISOString()) }), { undo })
}

async function move(message: Message, at: Date): Promise<boolean> {
  try {
    const moved = await reschedule(message.id, at)
    inbox.change((state) => void putMessage(state, moved))
    return true
  } catch (error) {
    say(errorText(error), { tone: 'error' })
    return false
  }
}
