import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import type { Limits, Message } from '#/api/types'
import { measure } from '#/text/measure'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { useKeeping } from '#/ui/kept'
import { shown } from './amend'
import { changeMessage } from './change-message'
import { Refusal } from './composer-frame'
import { MarksPreview, marksByKey } from './composer-marks'
import { editable, formatted } from './markup'
import { unsavedEdits } from './unsaved-edits'

interface MessageEditProps {
  message: Message
  limits: Limits | undefined
  onClose: () => void
}

/** A message's text in its own place, for changing it. */
export function MessageEdit({ message, limits, onClose }: MessageEditProps) {
  const marks = message.kind !== 'note' && Boolean(limits?.html)
  const before = shown(message)
  const [first] = useState(() => (marks ? editable(before.text, before.html) : before.text))
  const [restored] = useState(() => unsavedEdits.get(message.id))
  const [text, setText] = useState(restored ?? first)
  const finish = useKeeping(unsavedEdits, message.id, text, first)
  const [refusal, setRefusal] = useState('')
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const max = message.kind === 'note' ? 0 : (limits?.text.max ?? 0)
  const leaves = marks ? formatted(text.trim()).text : text.trim()
  const tooLong = max > 0 && measure(leaves, limits?.text.unit ?? 'runes') > max
  const same = text.trim() === first.trim()
  const empty = leaves === '' && message.attachments.length === 0

  // What was kept opens by itself, so it does not take the focus from whatever has it.
  useLayoutEffect(() => {
    if (restored !== null) return
    field.current?.focus()
    field.current?.setSelectionRange(first.length, first.length)
  }, [first, restored])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    if (!field.current) return
    field.current.style.height = 'auto'
    field.current.style.height = `${field.current.scrollHeight}px`
  }, [text])

  /** close is for what was saved, or thrown away by pressing so. */
  function close(): void {
    finish()
    onClose()
  }

  async function save(): Promise<void> {
    if (tooLong || empty || busy) return
    if (same) {
      close()
      return
    }
    setBusy(true)
    const problem = await changeMessage(message, text, first, marks)
    setBusy(false)
    if (problem) setRefusal(problem)
    else close()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || (marks && marksByKey(event, field.current, setText))) return
    if (event.key === 'Escape') {
      // Letters are thrown away by the button, never by a key pressed in passing.
      event.stopPropagation()
      if (same) close()
    } else if (event.code === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void save()
    }
  }

  return (
    <div className="w-[min(36rem,70vw)] max-w-full">
      <textarea
        ref={field}
        data-testid="message-edit"
        aria-label={t('amend.editing')}
        dir="auto"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="scroller block max-h-[40dvh] w-full resize-none rounded-md border border-line-strong bg-surface px-2 py-1.5 text-text outline-none focus:border-accent"
      />
      {marks && <MarksPreview text={text} />}
      {tooLong && <Refusal text={t('amend.tooLong', { max })} />}
      <Refusal text={refusal} />
      <div className="mt-1.5 flex justify-end gap-1.5">
        <Button small tone="quiet" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button
          small
          tone="primary"
          title="Ctrl+Enter"
          disabled={tooLong || empty}
          busy={busy}
          onClick={() => void save()}
        >
          {t('common.save')}
        </Button>
      </div>
    </div>
  )
}
