import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { fileSize } from '../format'
import { useSurround } from './context'
import { ClipIcon, CloseIcon, FileIcon, SendIcon } from './icons'

/** What is in the composer. Held by App, so that dropping and taking back can put things in. */
export interface Draft {
  text: string
  files: File[]
}

/** Where the message is written. Enter sends, Shift+Enter breaks the line. */
export function Composer(props: {
  draft: Draft
  change: (draft: Draft) => void
  add: (files: Iterable<File>) => void
  problem: string
  open: boolean
}) {
  const { chat, text, language } = useSurround()
  const { draft, change, add } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const empty = draft.text.trim() === '' && draft.files.length === 0

  useEffect(() => {
    if (props.open) field.current?.focus()
  }, [props.open])

  // The field grows with what is in it, up to the height its style allows.
  useLayoutEffect(() => {
    const node = field.current
    if (!node) return
    node.style.height = 'auto'
    node.style.height = `${node.scrollHeight}px`
  }, [draft.text])

  const send = async (): Promise<void> => {
    if (empty || busy) return
    setBusy(true)
    change({ text: '', files: [] })
    await chat.write(draft.text.trim(), draft.files)
    setBusy(false)
    field.current?.focus()
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {props.problem && (
        <p class="note bad" role="alert">
          {props.problem}
        </p>
      )}
      {draft.files.length > 0 && (
        <ul class="chips">
          {draft.files.map((file, at) => (
            <li key={`${file.name}${at}`} class="chip">
              <FileIcon />
              <span class="filename">{file.name || 'file'}</span>
              <span class="size">{fileSize(file.size, language)}</span>
              <button
                type="button"
                aria-label={`${text.remove}: ${file.name}`}
                onClick={() => change({ ...draft, files: draft.files.filter((_, other) => other !== at) })}
              >
                <CloseIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="line">
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            add(event.currentTarget.files ?? [])
            // So that the same file can be picked again after it was taken out.
            event.currentTarget.value = ''
          }}
        />
        <button
          type="button"
          class="tool"
          aria-label={text.attach}
          title={text.attach}
          onClick={() => picker.current?.click()}
        >
          <ClipIcon />
        </button>
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={draft.text}
          placeholder={text.write}
          aria-label={text.write}
          enterkeyhint="send"
          onInput={(event) => {
            change({ ...draft, text: event.currentTarget.value })
            chat.typing()
          }}
          onPaste={(event) => {
            const files = event.clipboardData?.files
            if (!files?.length) return
            event.preventDefault()
            add(files)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            void send()
          }}
        />
        <button type="submit" class="tool send" aria-label={text.send} title={text.send} disabled={empty}>
          <SendIcon />
        </button>
      </div>
    </form>
  )
}
