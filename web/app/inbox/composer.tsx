import { type DragEvent, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Conversation, Message } from '#/api/types'
import { capture } from '#/keys/capture'
import { useKeys } from '#/keys/keys'
import { useInbox } from '#/live/store'
import { useMe } from '#/shell/session'
import { measure } from '#/text/measure'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'
import { numbered, shortcoming } from './buttons'
import { ComposerBar } from './composer-bar'
import { addButton, ComposerButtons } from './composer-buttons'
import { ComposerFiles } from './composer-files'
import { Newer } from './composer-newer'
import { OtherDraft } from './composer-other'
import { cannotAnswer, Room, Unanswerable } from './composer-room'
import { StopLine } from './composer-stop'
import { ComposerText, type TextHandle } from './composer-text'
import { useNow, WindowLine, windowOpen } from './composer-window'
import { drafts } from './draft'
import { ComposerMail } from './mail/composer-mail'
import type { EditorHandle } from './mail/editor'
import { headProblem } from './mail/recipients'
import { useHead } from './mail/use-head'
import { isBlank, plain } from './mail/words'
import { openBlanks, trigger } from './quick-match'
import { QuickPanel } from './quick-panel'
import { useQuick } from './quick-use'
import { isColleagues, send } from './send'
import { useUploads } from './uploads'
import { useDraft } from './use-draft'
import { newerAnswers, useLimits } from './use-limits'
import { useTyping } from './use-typing'

/** Where an answer or a note is written. Whatever happens, the letters stay. */
export function Composer({ conversation }: { conversation: Conversation }) {
  const { id } = conversation
  const me = useMe()
  const draft = useDraft(id)
  const limits = useLimits(conversation)
  const items = useInbox((state) => state.threads.get(id)?.items) ?? nothing
  const input = useRef<TextHandle>(null)
  const editor = useRef<EditorHandle>(null)
  const { uploads, add, upload, drop, running } = useUploads(id, limits)
  const [refusal, setRefusal] = useState('')
  const [over, setOver] = useState(false)
  const typing = useTyping(id)
  const note = draft.kind === 'note'
  const mail = conversation.account_kind === 'email'
  const writesMail = mail && !note
  const head = useHead(conversation, draft, limits, items, mail, focus)

  const quick = useQuick(
    id,
    (reply, filled, length) => {
      const { replies, attachments } = drafts.get(id)
      drafts.edit(id, {
        replies: [...replies, reply.id],
        attachments: [...attachments, ...filled.attachments],
      })
      const field = writesMail ? editor.current : input.current
      field?.insert(filled.text, length)
    },
    focus,
  )
  const onBefore = (before: string | null) => quick.look(before === null ? null : trigger(before))

  const now = useNow()
  const hold = !note && !windowOpen(limits, now)
  const max = note ? 0 : (limits?.text.max ?? 0)
  const chat = !note && !writesMail
  const inText = chat && shortcoming(draft.buttons, limits?.buttons, draft.attachments.length) !== null
  const leaves = inText ? numbered(draft.text.trim(), draft.buttons) : draft.text.trim()
  const size = max > 0 && !writesMail ? measure(leaves, limits?.text.unit ?? 'runes') : 0
  const tooLong = max > 0 && size > max
  const wordless = writesMail ? isBlank(draft.html) && head.head.mode !== 'forward' : draft.text.trim() === ''
  const empty = wordless && draft.attachments.length === 0
  const newer = note ? [] : newerAnswers(items, draft.since, me.id)
  const mute = !note && cannotAnswer(limits)
  const stopped = chat && Boolean(limits?.stopped)
  const canSend = !mute && !stopped && !empty && !running && !tooLong && (!writesMail || limits !== undefined)

  useKeys({ KeyR: () => write('reply'), KeyN: () => write('note') })
  useLayoutEffect(() => {
    if (mail && capture.kind() !== 'note') return
    const typed = capture.take()
    if (!typed) return
    drafts.edit(id, { kind: typed.kind, text: drafts.get(id).text + typed.text })
    input.current?.focus()
  }, [id, mail])

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

  function onChange(change: { text: string } | { html: string }, blank: boolean): void {
    setRefusal('')
    // Before the messages are here, the conversation itself says how far it goes.
    const last = items.at(-1)?.seq ?? conversation.seq
    drafts.edit(id, { ...change, ...(blank ? { since: null, replies: [] } : { since: draft.since ?? last }) })
    if (!blank) typing(draft.kind)
  }

  async function submit(andClose: boolean): Promise<void> {
    const problem = writesMail ? headProblem(head.head) : ''
    if (!canSend || problem) {
      if (!empty) setRefusal(problem)
      if (problem) head.setOpen(true)
      return
    }
    const open = note ? [] : openBlanks(writesMail ? plain(draft.html) : draft.text)
    if (open[0]) {
      setRefusal(t('quick.fillFirst', { question: open[0] }))
      focus()
      return
    }
    setRefusal('')
    head.setOpen(false)
    focus()
    const outcome = await send(id, writesMail ? { ...draft, mail: head.head } : { ...draft }, andClose, hold)
    if (outcome.kind === 'refused') setRefusal(outcome.text)
    if (outcome.kind === 'newer' && !outcome.messages.some((item) => isColleagues(item, me.id))) {
      setRefusal(t('composer.newerInbound'))
    }
  }

  function askQuick(): void {
    focus()
    const field = writesMail ? editor.current : input.current
    field?.insert(/\S$/.test(writesMail ? plain(draft.html) : draft.text) ? ' /' : '/', 0)
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    void add(event.dataTransfer.files)
  }

  return (
    <div className="px-3 pt-1 pb-3 md:px-4 md:pb-4">
      <div
        role="group"
        aria-label={t('composer.title')}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={`mx-auto flex max-w-3xl flex-col rounded-xl border transition-colors focus-within:border-accent ${over ? 'border-accent border-dashed bg-accent-soft' : note ? 'border-note-line bg-note' : 'border-line-strong bg-surface'}`}
      >
        {newer.length > 0 && (
          <Newer messages={newer} onSeen={() => drafts.edit(id, { since: items.at(-1)?.seq ?? 0 })} />
        )}
        {draft.other && <OtherDraft id={id} draft={draft} other={draft.other} />}
        {mute && <Unanswerable />}
        {chat && limits?.stopped && <StopLine conversation={conversation} stop={limits.stopped} />}
        {chat && limits && <WindowLine conversation={conversation} limits={limits} now={now} />}
        <QuickPanel quick={quick} />
        {!writesMail && !mute && (
          <ComposerText
            ref={input}
            note={note}
            text={draft.text}
            onChange={(text) => onChange({ text }, text === '')}
            onSubmit={(andClose) => void submit(andClose)}
            onFiles={(list) => void add(list)}
            onBefore={onBefore}
            onKey={quick.key}
          />
        )}
        {mail && (
          <ComposerMail
            ref={editor}
            draft={draft}
            limits={limits}
            state={head}
            hidden={note}
            onChange={(html) => onChange({ html }, isBlank(html))}
            onSubmit={(andClose) => void submit(andClose)}
            onFiles={(list) => void add(list)}
            onPictures={upload}
            onReady={onReady}
            onBefore={onBefore}
            onKey={quick.key}
          />
        )}
        {chat && !mute && <ComposerButtons id={id} draft={draft} limit={limits?.buttons} />}
        <ComposerFiles
          files={draft.attachments}
          uploads={uploads}
          onDropUpload={drop}
          onDropFile={(file) =>
            drafts.edit(id, { attachments: draft.attachments.filter((item) => item.id !== file) })
          }
        />
        {refusal && (
          <p role="alert" className="flex items-center gap-1.5 px-3.5 pb-1 text-danger text-sm">
            <Icon name="alert" className="size-4!" />
            {refusal}
          </p>
        )}
        <ComposerBar
          note={note}
          hold={hold}
          canSend={canSend}
          room={note || writesMail ? null : <Room text={leaves} limit={limits?.text} />}
          onKind={write}
          onFiles={(list) => void add(list)}
          onButton={chat && !mute && draft.buttons.length === 0 ? () => addButton(id) : null}
          onQuick={mute ? null : askQuick}
          onSend={(andClose) => void submit(andClose)}
        />
      </div>
    </div>
  )
}

const nothing: Message[] = []
