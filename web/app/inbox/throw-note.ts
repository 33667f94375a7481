import { amendments } from '#/api/inbox'
import type { Message } from '#/api/types'
import { putMessage } from '#/live/change'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { errorText } from './actions'
import { withdraw } from './amend'

/** throwNote deletes a note; undone, the server brings it back as it was. */
export async function throwNote(note: Message): Promise<void> {
  const problem = await withdraw(note)
  if (problem) say(problem, { tone: 'error' })
  else say(t('amend.noteDeleted'), { undo: () => void bringBack(note) })
}

async function bringBack(note: Message): Promise<void> {
  try {
    const stored = await amendments.restore(note.id)
    inbox.change((state) => void putMessage(state, stored))
  } catch (error) {
    say(errorText(error), { tone: 'error' })
  }
}
