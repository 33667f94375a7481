import { reschedule } from '#/api/later'
import type { Message } from '#/api/types'
import { putMessage } from '#/live/change'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { say } from '#/ui/toast'
import { errorText } from './actions'
import { loaded } from './amend'

/** moveTime has an answer that waits leave at another time; undone, at the one before, unless it was moved again since. */
export async function moveTime(message: Message, at: Date): Promise<void> {
  const before = message.release_at
  const moved = await move(message, at)
  if (!moved) return
  const undo = () => {
    const now = loaded(message)
    if (now && now.release_at !== moved.release_at) say(t('undo.late'), { tone: 'error' })
    else if (before) void move(message, new Date(before))
  }
  say(t('later.moved', { time: fullTime(at.toISOString()) }), { undo: before ? undo : undefined })
}

async function move(message: Message, at: Date): Promise<Message | null> {
  try {
    const moved = await reschedule(message.id, at)
    inbox.change((state) => void putMessage(state, moved))
    return moved
  } catch (error) {
    say(errorText(error), { tone: 'error' })
    return null
  }
}
