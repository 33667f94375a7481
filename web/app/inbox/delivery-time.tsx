import { useState } from 'react'
import type { Message } from '#/api/types'
import { t } from '#/text/text'
import { LaterDialog } from './composer-later'
import { moveTime } from './move-time'

/** Puts an answer that waits for its time off to another one; its words stay as they are. */
export function ChangeTime({ message, action }: { message: Message; action: string }) {
  const [choosing, setChoosing] = useState(false)

  return (
    <>
      <button type="button" onClick={() => setChoosing(true)} className={`${action} text-accent`}>
        {t('later.change')}
      </button>
      {choosing && (
        <LaterDialog
          first={new Date(message.release_at ?? '')}
          onClose={() => setChoosing(false)}
          onPick={(at) => void moveTime(message, at)}
        />
      )}
    </>
  )
}
