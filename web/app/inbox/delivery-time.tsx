import { useState } from 'react'
import { reschedule } from '#/api/later'
import type { Message } from '#/api/types'
import { putMessage } from '#/live/change'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { errorText } from './actions'
import { LaterDialog } from './composer-later'

/** Puts an answer that waits for its time off to another one; its words stay as they are. */
export function ChangeTime({ message, action }: { message: Message; action: string }) {
  const [choosing, setChoosing] = useState(false)

  async function move(at: Date): Promise<void> {
    try {
      const moved = await reschedule(message.id, at)
      inbox.change((state) => void putMessage(state, moved))
    } catch (error) {
      say(errorText(error), { tone: 'error' })
    }
  }

  return (
    <>
      <button type="button" onClick={() => setChoosing(true)} className={`${action} text-accent`}>
        {t('later.change')}
      </button>
      {choosing && (
        <LaterDialog
          first={new Date(message.release_at ?? '')}
          onClose={() => setChoosing(false)}
          onPick={(at) => void move(at)}
        />
      )}
    </>
  )
}
