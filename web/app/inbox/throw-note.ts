import { amendments } from '#/api/inbox'
import type { Message } from '#/api/types'
import { putMessage } from '#/live/change'
import { loadThread } from '#/live/load'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { errorText } from './actions'
import { createNoteBin } from './note-bin'

const bin = createNoteBin({
  remove: async (id) => {
    const stored = await amendments.withdraw(id)
    inbox.change((state) => void putMessage(state, stored))
  },
  shelf: () => localStorage,
  owner: () => inbox.state.me,
  onRefused: (_, error) => say(errorText(error), { tone: 'error' }),
})

/** throwNote deletes a note; undone, it stands there as it was. */
export function throwNote(note: Message): void {
  bin.put(note)
  show({ ...note, text: '', html: '', attachments: [], deleted_at: new Date().toISOString() })
  say(t('amend.noteDeleted'), {
    undo: () => {
      if (bin.take(note)) show(note)
      else void loadThread(note.conversation_id)
    },
  })
}

function show(note: Message): void {
  inbox.change((state) => void putMessage(state, note))
}

/** followNoteBin deletes what an earlier page did not come to, and returns how to end that. */
export function followNoteBin(): () => void {
  bin.emptyAll()
  const leaving = () => bin.emptyAll()
  addEventListener('pagehide', leaving)
  return () => {
    removeEventListener('pagehide', leaving)
    bin.leave()
  }
}
