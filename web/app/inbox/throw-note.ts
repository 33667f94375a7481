import { amendments } from '#/api/inbox'
import type { Message } from '#/api/types'
import { putMessage } from '#/live/change'
import { loadThread } from '#/live/load'
import { inbox } from '#/live/store'
import { beforeSignOut } from '#/shell/session'
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
  onRefused: (id, error) => {
    say(errorText(error), { tone: 'error' })
    const thread = [...inbox.state.threads].find(([, { items }]) => items.some((one) => one.id === id))
    if (thread) void loadThread(thread[0])
  },
})

/** throwNote deletes a note; undone, it stands there as it was. */
export function throwNote(note: Message): void {
  bin.put(note)
  show(without(note))
  say(t('amend.noteDeleted'), {
    undo: () => {
      if (bin.take(note)) show(note)
      else {
        say(t('amend.noteGone'))
        void loadThread(note.conversation_id)
      }
    },
  })
}

const without = (note: Message): Message => ({
  ...note,
  text: '',
  html: '',
  attachments: [],
  deleted_at: note.deleted_at ?? new Date().toISOString(),
})

/** standing is a message as it is shown: a thread that is read anew still has the notes that are on their way out. */
export const standing = (message: Message): Message => (bin.holds(message.id) ? without(message) : message)

function show(note: Message): void {
  inbox.change((state) => void putMessage(state, note))
}

/** followNoteBin deletes what an earlier page did not come to, and returns how to end that. */
export function followNoteBin(): () => void {
  bin.takeUp()
  const leaving = () => void bin.emptyOwn()
  addEventListener('pagehide', leaving)
  const stay = beforeSignOut(bin.emptyOwn)
  return () => {
    stay()
    removeEventListener('pagehide', leaving)
    bin.leave()
  }
}
