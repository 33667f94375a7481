import { useRef, useState } from 'react'
import type { Conversation, Message } from '#/api/types'
import { useInbox } from '#/live/store'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { ComposerBar } from './composer-bar'
import { addButton, ComposerButtons } from './composer-buttons'
import { ComposerFiles } from './composer-files'
import { ComposerFrame, Refusal } from './composer-frame'
import { ComposerLines } from './composer-lines'
import { Marks } from './composer-marks'
import { rests } from './composer-rest'
import { cannotAnswer, Room } from './composer-room'
import { ComposerText, type TextHandle } from './composer-text'
import { useNow, windowOpen } from './composer-window'
import { drafts } from './draft'
import { dropFile } from './draft-parts'
import { leaving } from './leaving'
import { ComposerMail } from './mail/composer-mail'
import type { EditorHandle } from './mail/editor'
import { headProblem } from './mail/recipients'
import { useHead } from './mail/use-head'
import { isBlank } from './mail/words'
import { MentionPanel, UnseenLine } from './mention-panel'
import { useQuickReplies } from './quick-compose'
import { QuickPanel, QuickWriter } from './quick-panel'
import type { Key } from './quick-use'
import { useStays } from './resolve'
import { isColleagues, leavingIds, newerAnswers } from './seen'
import { send } from './send'
import { useUploads } from './uploads'
import { useDraft } from './use-draft'
import { useFocus } from './use-focus'
import { useLimits } from './use-limits'
import { useMentions } from './use-mentions'
import { useTyping } from './use-typing'

/** Where an answer or a note is written. Whatever happens, the letters stay. */
export function Composer({ conversation }: { conversation: Conversation }) {
  const { id } = conversation
  const me = useMe()
  const draft = useDraft(id)
  const limits = useLimits(conversation)
  const items = useInbox((state) => state.threads.get(id)?.items) ?? nothing
  const pending = useInbox((state) => state.threads.get(id)?.pending) ?? nothing
  const input = useRef<TextHandle>(null)
  const editor = useRef<EditorHandle>(null)
  const { focus, write, onReady } = useFocus(conversation, input, editor)
  const { uploads, add, upload, drop, running } = useUploads(id, limits)
  const [refusal, setRefusal] = useState('')
  const [writing, setWriting] = useState(false)
  const typing = useTyping(id)
  const stays = useStays()
  const note = draft.kind === 'note'
  const mail = conversation.account_kind === 'email'
  const writesMail = mail && !note
  const head = useHead(conversation, draft, limits, items, mail, focus)

  const quick = useQuickReplies(id, draft, writesMail, () => (writesMail ? editor : input).current, focus)
  const mentions = useMentions(note, () => input.current)
  const quickly = {
    onBefore: (before: string | null) => {
      quick.look(before)
      mentions.look(before)
    },
    onKey: (event: Key) => mentions.key(event) || quick.list.key(event),
    onStep: quick.step,
  }
  const now = useNow()
  const hold = !note && !windowOpen(limits, now)
  const chat = !note && !writesMail
  const { marks, leaves, tooLong } = leaving(draft, chat, note || writesMail ? undefined : limits)
  const wordless = writesMail ? isBlank(draft.html) && head.head.mode !== 'forward' : draft.text.trim() === ''
  const empty = wordless && draft.attachments.length === 0
  const newer = note ? [] : newerAnswers(items, pending, draft, me.id)
  const mute = !note && cannotAnswer(limits)
  const stopped = chat && Boolean(limits?.stopped)
  const archived = !note && rests(limits) === 'archived'
  const canSend =
    !mute && !stopped && !archived && !empty && !running && !tooLong && (!writesMail || limits !== undefined)

  function onChange(change: { text: string } | { html: string }, blank: boolean): void {
    setRefusal('')
    // Before the messages are here, the conversation itself says how far it goes.
    const last = items.at(-1)?.seq ?? conversation.seq
    const begun = draft.since === null && { since: last, sincePending: leavingIds(pending) }
    drafts.edit(id, { ...change, ...(blank ? { since: null, replies: [] } : begun) })
    typing(draft.kind, blank)
  }

  async function submit(andClose: boolean, at?: Date): Promise<void> {
    const problem = writesMail ? headProblem(head.head) : ''
    if (!canSend || problem) {
      if (!empty) setRefusal(problem)
      if (problem) head.setOpen(true)
      return
    }
    if (quick.open) {
      setRefusal(t('quick.fillFirst', { question: quick.open }))
      focus()
      return
    }
    setRefusal('')
    head.setOpen(false)
    focus()
    const outcome = await send(
      id,
      writesMail ? { ...draft, mail: head.head } : { ...draft },
      andClose,
      hold,
      marks,
      at,
    )
    if (outcome.kind === 'sent' && andClose && !at) void stays(conversation)
    if (outcome.kind === 'refused') setRefusal(outcome.text)
    if (outcome.kind === 'newer' && !outcome.messages.some((item) => isColleagues(item, me.id))) {
      setRefusal(t('composer.newerInbound'))
    }
  }

  return (
    <>
      <ComposerFrame note={note} onFiles={(list) => void add(list)}>
        <ComposerLines
          conversation={conversation}
          draft={draft}
          limits={limits}
          newer={newer}
          onSeen={() => drafts.edit(id, { since: items.at(-1)?.seq ?? 0, sincePending: leavingIds(pending) })}
          chat={chat}
          mute={mute}
          now={now}
        />
        <QuickPanel quick={quick.list} onWrite={() => setWriting(true)} />
        <MentionPanel mentions={mentions} conversation={conversation} />
        {!writesMail && !mute && (
          <ComposerText
            ref={input}
            note={note}
            marks={marks}
            text={draft.text}
            onChange={(text) => onChange({ text }, text === '')}
            onSubmit={(andClose) => void submit(andClose)}
            onFiles={(list) => void add(list)}
            {...quickly}
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
            {...quickly}
          />
        )}
        {chat && !mute && <ComposerButtons id={id} draft={draft} limit={limits?.buttons} />}
        <ComposerFiles
          files={draft.attachments}
          uploads={uploads}
          onDropUpload={drop}
          onDropFile={(file) => dropFile(id, file)}
        />
        {note && <UnseenLine text={draft.text} conversation={conversation} />}
        <Refusal text={refusal} />
        <ComposerBar
          note={note}
          hold={hold}
          canSend={canSend}
          room={note || writesMail ? null : <Room text={leaves} limit={limits?.text} />}
          onKind={write}
          onFiles={(list) => void add(list)}
          onButton={chat && !mute && draft.buttons.length === 0 ? () => addButton(id) : null}
          marks={marks && !mute && <Marks field={input} />}
          onEmoji={mute ? null : (emoji) => (writesMail ? editor : input).current?.insert(emoji, 0)}
          onQuick={mute ? null : quick.ask}
          onSend={(andClose, at) => void submit(andClose, at)}
        />
      </ComposerFrame>
      {writing && <QuickWriter quick={quick.list} onClose={() => setWriting(false)} />}
    </>
  )
}

const nothing: Message[] = []
