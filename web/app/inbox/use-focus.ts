import { type RefObject, useLayoutEffect, useReducer } from 'react'
import { flushSync } from 'react-dom'
import type { Conversation } from '#/api/types'
import { capture } from '#/keys/capture'
import { useKeys } from '#/keys/keys'
import type { TextHandle } from './composer-text'
import { drafts } from './draft'
import type { EditorHandle } from './mail/editor'

/** useFocus brings whoever wants to write to the field that it is written in, with every letter typed on the way there. */
export function useFocus(
  conversation: Conversation,
  input: RefObject<TextHandle | null>,
  editor: RefObject<EditorHandle | null>,
) {
  const { id } = conversation
  const mail = conversation.account_kind === 'email'
  const [, drawAnew] = useReducer((times: number) => times + 1, 0)
  useKeys({ KeyR: () => write('reply'), KeyN: () => write('note') })
  useLayoutEffect(() => {
    if (mail && capture.kind() !== 'note') return
    const typed = capture.take()
    if (!typed) return
    const text = drafts.get(id).text + typed.text
    drafts.edit(id, { kind: typed.kind, text })
    input.current?.begin(text)
    // Before the next letter: a field that does not yet follow the draft is put back to what it was drawn with by each letter.
    drawAnew()
  }, [id, mail, input])

  function focus(): void {
    if (!mail || drafts.get(id).kind === 'note') input.current?.focus()
    else if (editor.current) editor.current.focus()
    // Until it is there, letters are kept for it.
    else capture.start('reply')
  }

  function write(kind: 'reply' | 'note'): void {
    // What is out of sight cannot take the focus, so it is shown first.
    if (drafts.get(id).kind !== kind) flushSync(() => drafts.edit(id, { kind }))
    focus()
  }

  /** onReady hands over to the mail editor what was typed before it was there. */
  function onReady(): void {
    const typed = capture.kind() === 'reply' ? capture.take() : null
    if (!typed) return
    editor.current?.focus()
    if (typed.text) editor.current?.type(typed.text)
  }

  return { focus, write, onReady }
}
