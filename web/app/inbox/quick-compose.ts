import { useRef } from 'react'
import type { TextHandle } from './composer-text'
import { drafts, type LocalDraft } from './draft'
import { plain } from './mail/words'
import { openBlanks, trigger } from './quick-match'
import { type Brought, stepped } from './quick-undo'
import { useQuick } from './quick-use'

/** A field that text can be put into: the plain one, or the editor of mails. */
export type Fillable = Pick<TextHandle, 'insert'>

/** useQuickReplies joins quick replies to the draft that is being written in a field. */
export function useQuickReplies(
  id: string,
  draft: LocalDraft,
  writesMail: boolean,
  field: () => Fillable | null,
  focus: () => void,
) {
  const words = writesMail ? plain(draft.html) : draft.text
  const brought = useRef<Brought[]>([])
  const list = useQuick(
    id,
    (reply, filled, length) => {
      const { replies, attachments } = drafts.get(id)
      drafts.edit(id, {
        replies: [...replies, reply.id],
        attachments: [...attachments, ...filled.attachments],
      })
      brought.current.push({ text: filled.text, reply: reply.id, files: filled.attachments, inside: true })
      field()?.insert(filled.text, length)
    },
    focus,
  )
  return {
    list,
    /** A step back or forth through what was typed has left this: files come and go with the texts that brought them. */
    step(left: string): void {
      const next = stepped(brought.current, writesMail ? plain(left) : left, drafts.get(id))
      if (next) drafts.edit(id, next)
    },
    look: (before: string | null) => list.look(before === null ? null : trigger(before)),
    /** What an answer still has to be told; a note may hold anything. */
    open: draft.kind === 'note' ? undefined : openBlanks(words)[0],
    /** Begins to look for a reply where the cursor is. */
    ask(): void {
      focus()
      field()?.insert(/\S$/.test(words) ? ' /' : '/', 0)
    },
  }
}
