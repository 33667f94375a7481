import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { clockTime, fileSize } from '../format'
import { linked } from '../links'
import type { Pending } from '../outbox'
import { rank } from '../thread'
import type { Attachment, Button, Message } from '../wire'
import { useSurround } from './context'
import { useFocusBack } from './focus-back'
import { ClockIcon, FileIcon, OneTick, TwoTicks, WarnIcon } from './icons'
import { Reactions, Rewrite, Tools } from './tools'

/** Text as text: line breaks by style, addresses clickable, nothing of it ever markup. */
function Words({ text }: { text: string }) {
  if (!text) return null
  return (
    <p class="words" dir="auto">
      {linked(text).map((piece, at) =>
        piece.href ? (
          <a key={at} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </p>
  )
}

function Files({ files }: { files: readonly Attachment[] }) {
  const { chat, language } = useSurround()
  return files.map((file) => (
    <a
      key={file.id}
      class={file.image ? 'picture' : 'file'}
      href={file.url}
      target="_blank"
      rel="noopener noreferrer"
    >
      {file.image ? (
        <img src={file.url} alt={file.name} loading="lazy" onError={() => chat.refresh()} />
      ) : (
        <>
          <FileIcon />
          <span class="filename">{file.name}</span>
          <span class="size">{fileSize(file.size, language)}</span>
        </>
      )}
    </a>
  ))
}

/** Choices of an answer. The last message's can be pressed; of earlier ones only links still work. */
function Choices({ message, live }: { message: Message; live: boolean }) {
  const { chat } = useSurround()
  const press = ({ text, data }: Button) => void chat.write(text, [], { message_id: message.id, data })
  return (message.buttons ?? []).map((row, at) => (
    <div class="choices" key={at}>
      {row.map((button) =>
        button.url ? (
          <a
            key={button.url}
            class="choice"
            href={button.url}
            target="_blank"
            rel="noopener noreferrer nofollow"
          >
            {button.text}
          </a>
        ) : (
          <button
            key={button.data}
            type="button"
            class="choice"
            disabled={!live}
            onClick={() => press(button)}
          >
            {button.text}
          </button>
        ),
      )}
    </div>
  ))
}

function Mark({ icon, words, kind }: { icon: ComponentChildren; words: string; kind?: string }) {
  return (
    <span class={`mark ${kind ?? ''}`} title={words}>
      {icon}
      <span class="unseen">{words}</span>
    </span>
  )
}

/** The beginning of the message that one answers. */
function Quote({ id }: { id: string | null | undefined }) {
  const { chat, text } = useSurround()
  const quoted = id && chat.snapshot().messages.find((message) => message.id === id)
  if (!quoted) return null
  const words = quoted.deleted ? text.deleted : quoted.text || quoted.attachments?.[0]?.name
  return (
    <p class="quote" dir="auto">
      {words}
    </p>
  )
}

/** One confirmed message; `led` when the one before it names its author, `last` when none follows. */
export function Bubble({ message, led, last }: { message: Message; led: boolean; last: boolean }) {
  const { text, language } = useSurround()
  const mine = message.direction === 'inbound'
  const state = rank(message.state)
  const author = mine ? text.you : message.author?.name || text.someone
  const [editing, setEditing] = useState(false)
  const { row, handBack } = useFocusBack()
  const stop = () => {
    setEditing(false)
    handBack()
  }
  return (
    <li
      ref={row}
      tabIndex={-1}
      class={`row ${mine ? 'mine' : 'theirs'}`}
      data-state={message.state}
      data-id={message.id}
    >
      <span class={mine || led ? 'unseen' : 'author'}>{author}</span>
      <div class="bubble">
        <Quote id={message.reply_to} />
        {message.deleted ? (
          <p class="lost">{text.deleted}</p>
        ) : editing ? (
          <Rewrite message={message} close={stop} />
        ) : (
          <Words text={message.text} />
        )}
        <Files files={message.attachments ?? []} />
        <span class="foot">
          {message.edited && <span>{text.edited}</span>}
          <time dateTime={message.created_at}>{clockTime(message.created_at, language)}</time>
          {mine && state < 2 && <Mark icon={<OneTick />} words={text.sent} />}
          {mine && state === 2 && <Mark icon={<TwoTicks />} words={text.delivered} />}
          {mine && state === 3 && <Mark icon={<TwoTicks />} words={text.read} kind="done" />}
        </span>
      </div>
      <Reactions message={message} />
      {!message.deleted && !editing && (
        <Tools message={message} edit={() => setEditing(true)} done={handBack} />
      )}
      <Choices message={message} live={last} />
    </li>
  )
}

/** One message on its way. */
export function PendingBubble(props: {
  pending: Pending
  sending: boolean
  online: boolean
  edit: () => void
}) {
  const { chat, text, language } = useSurround()
  const { pending, sending, online } = props
  const refused = pending.refused !== undefined
  return (
    <li class={`row mine ${refused ? 'refused' : 'waiting'}`} data-state={refused ? 'failed' : 'sending'}>
      <span class="unseen">{text.you}</span>
      <div class="bubble">
        <Words text={pending.text} />
        {pending.files.map((file) => (
          <span key={file.key} class="file">
            <FileIcon />
            <span class="filename">{file.name}</span>
            <span class="size">{fileSize(file.size, language)}</span>
          </span>
        ))}
        <span class="foot">
          <time>{clockTime(new Date(pending.at).toISOString(), language)}</time>
          {!refused && <Mark icon={<ClockIcon />} words={online || sending ? text.sending : text.waiting} />}
          {refused && <Mark icon={<WarnIcon />} words={text.refused} />}
        </span>
      </div>
      {!refused && !online && <span class="note">{text.waiting}</span>}
      {refused && (
        <span class="note bad" role="alert">
          {text.refused}: {pending.refused}
          <button type="button" class="link" onClick={() => chat.retry(pending.clientId)}>
            {text.retry}
          </button>
          <button type="button" class="link" onClick={props.edit}>
            {text.edit}
          </button>
        </span>
      )}
    </li>
  )
}
