import { useEffect, useRef, useState } from 'preact/hooks'
import type { Change, Message } from '../wire'
import { useSurround } from './context'
import { MoreIcon } from './icons'

interface ToolsProps {
  message: Message
  edit: () => void
  /** Hears that what was pressed is gone from the screen. */
  done: () => void
}

/** What a visitor may do about a message: react to an answer, change or take back their own while it is fresh. */
export function Tools({ message, edit, done }: ToolsProps) {
  const { chat, text } = useSurround()
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState('')
  const { reactions = [], change_seconds = 0 } = chat.snapshot().config ?? {}
  const mine = message.direction === 'inbound'
  const fresh = Date.now() < Date.parse(message.created_at) + change_seconds * 1000
  if (mine ? !fresh : reactions.length === 0) return null

  const ask = async (change: Change): Promise<void> => {
    const said = await chat.change(message.id, change)
    setProblem(said && (said === 'offline' ? text.failed : said))
    setOpen(said !== '')
    if (!said) done()
  }
  const given = message.reactions?.find((one) => one.mine)?.emoji

  return (
    <div class="tools">
      <button
        type="button"
        class="dots3"
        aria-expanded={open}
        aria-label={text.more}
        title={text.more}
        onClick={() => setOpen(!open)}
      >
        <MoreIcon />
      </button>
      {open && (
        <fieldset
          class="deeds"
          aria-label={mine ? text.more : text.react}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            setOpen(false)
            done()
          }}
        >
          {mine ? (
            <>
              {message.text && (
                <button type="button" class="link" onClick={edit}>
                  {text.change}
                </button>
              )}
              <button type="button" class="link" onClick={() => void ask({ gone: true })}>
                {text.erase}
              </button>
            </>
          ) : (
            reactions.map((emoji) => (
              <button
                key={emoji}
                type="button"
                class="emoji"
                aria-pressed={emoji === given}
                onClick={() => void ask({ emoji: emoji === given ? '' : emoji })}
              >
                {emoji}
              </button>
            ))
          )}
        </fieldset>
      )}
      {problem && (
        <span class="note bad" role="alert">
          {problem}
        </span>
      )}
    </div>
  )
}

/** The field in place of a text that is being changed. What is typed stays until it was taken. */
export function Rewrite({ message, close }: { message: Message; close: () => void }) {
  const { chat, text } = useSurround()
  const [words, setWords] = useState(message.text)
  const [problem, setProblem] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])

  const save = async (): Promise<void> => {
    const next = words.trim()
    if (!next) return
    const said = next === message.text ? '' : await chat.change(message.id, { text: next })
    if (said) setProblem(said === 'offline' ? text.failed : said)
    else close()
  }

  return (
    <form
      class="rewrite"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <textarea
        ref={field}
        value={words}
        aria-label={text.change}
        dir="auto"
        onInput={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation()
            close()
          } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
            event.preventDefault()
            void save()
          }
        }}
      />
      {problem && (
        <span class="note bad" role="alert">
          {problem}
        </span>
      )}
      <button type="submit" class="link">
        {text.save}
      </button>
      <button type="button" class="link" onClick={close}>
        {text.cancel}
      </button>
    </form>
  )
}

/** What both sides feel about a message. */
export function Reactions({ message }: { message: Message }) {
  if (!message.reactions?.length) return null
  return (
    <p class="reactions">
      {message.reactions.map((one) => (
        <span key={String(one.mine)} data-mine={one.mine}>
          {one.emoji}
        </span>
      ))}
    </p>
  )
}
