import { useQuery } from '@tanstack/react-query'
import { type DragEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { conversations } from '#/api/inbox'
import type { Conversation, Message } from '#/api/types'
import { capture } from '#/keys/capture'
import { useKeys } from '#/keys/keys'
import { useInbox } from '#/live/store'
import { useMe } from '#/shell/session'
import { measure } from '#/text/measure'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'
import { ComposerBar } from './composer-bar'
import { ComposerFiles } from './composer-files'
import { Newer } from './composer-newer'
import { drafts, type LocalDraft, type Words, wordsOf } from './draft'
import { isColleagues, send } from './send'
import { useUploads } from './uploads'
import { useDraft } from './use-draft'
import { useTyping } from './use-typing'

/** Where an answer or a note is written. Whatever happens, the letters stay. */
export function Composer({ conversation }: { conversation: Conversation }) {
  const { id } = conversation
  const me = useMe()
  const draft = useDraft(id)
  const limits = useQuery({
    queryKey: ['limits', id],
    queryFn: () => conversations.limits(id),
    staleTime: 60_000,
  }).data
  const items = useInbox((state) => state.threads.get(id)?.items)
  const input = useRef<HTMLTextAreaElement>(null)
  const { uploads, add, drop, running } = useUploads(id, limits)
  const [refusal, setRefusal] = useState('')
  const [over, setOver] = useState(false)
  const typing = useTyping(id)
  const note = draft.kind === 'note'

  const max = note ? 0 : (limits?.text.max ?? 0)
  const size = max > 0 ? measure(draft.text.trim(), limits?.text.unit ?? 'runes') : 0
  const tooLong = max > 0 && size > max
  const empty = draft.text.trim() === '' && draft.attachments.length === 0
  const newer = note ? [] : newerAnswers(items ?? [], draft.since, me.id)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => grow(input.current), [draft.text])
  useKeys({ KeyR: () => write('reply'), KeyN: () => write('note') })
  useLayoutEffect(() => {
    const typed = capture.take()
    if (!typed) return
    drafts.edit(id, { kind: typed.kind, text: drafts.get(id).text + typed.text })
    input.current?.focus()
  }, [id])

  function write(kind: 'reply' | 'note'): void {
    if (draft.kind !== kind) drafts.edit(id, { kind })
    input.current?.focus()
  }

  function onChange(text: string): void {
    setRefusal('')
    // Before the messages are here, the conversation itself says how far it goes.
    const last = items?.at(-1)?.seq ?? conversation.seq
    const since = text === '' ? null : (draft.since ?? last)
    drafts.edit(id, { text, since })
    if (text) typing(draft.kind)
  }

  async function submit(andClose: boolean): Promise<void> {
    if (empty || running || tooLong) return
    setRefusal('')
    input.current?.focus()
    const outcome = await send(id, { ...draft }, andClose)
    if (outcome.kind === 'refused') setRefusal(outcome.text)
    if (outcome.kind === 'newer' && !outcome.messages.some((item) => isColleagues(item, me.id))) {
      setRefusal(t('composer.newerInbound'))
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.code === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void submit(event.shiftKey)
    } else if (event.key === 'Escape') input.current?.blur()
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
          <Newer messages={newer} onSeen={() => drafts.edit(id, { since: items?.at(-1)?.seq ?? 0 })} />
        )}
        {draft.other && <OtherDraft id={id} draft={draft} other={draft.other} />}
        <textarea
          ref={input}
          data-testid="composer-input"
          aria-label={note ? t('composer.note') : t('composer.reply')}
          placeholder={note ? t('composer.notePlaceholder') : t('composer.replyPlaceholder')}
          dir="auto"
          rows={2}
          value={draft.text}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return
            event.preventDefault()
            void add(event.clipboardData.files)
          }}
          className={`scroller block max-h-[40dvh] min-h-16 w-full resize-none bg-transparent px-3.5 pt-3 pb-1 outline-none ${note ? 'text-note-text placeholder:text-note-text/70' : ''}`}
        />
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
          canSend={!empty && !running && !tooLong}
          left={max > 0 && size > max * 0.8 ? max - size : null}
          onKind={write}
          onFiles={(list) => void add(list)}
          onSend={(andClose) => void submit(andClose)}
        />
      </div>
    </div>
  )
}

/** What colleagues answered after this draft was begun. */
function newerAnswers(items: Message[], since: number | null, me: string): Message[] {
  if (since === null) return []
  return items.filter((item) => (item.seq ?? 0) > since && isColleagues(item, me))
}

function OtherDraft({ id, draft, other }: { id: string; draft: LocalDraft; other: Words }) {
  const { text, html } = draft
  return (
    <p className="flex items-center gap-2 border-line border-b px-3.5 py-1.5 text-muted text-sm">
      <span className="min-w-0 flex-1 truncate">{t('composer.otherDraft', { text: wordsOf(other) })}</span>
      <button
        type="button"
        className="font-medium text-accent"
        onClick={() => drafts.edit(id, { ...other, other: { text, html } })}
      >
        {t('composer.useOther')}
      </button>
      <button type="button" className="font-medium" onClick={() => drafts.edit(id, { other: null })}>
        {t('common.dismiss')}
      </button>
    </p>
  )
}

/** grow makes the field as high as its text, up to its limit. */
function grow(element: HTMLTextAreaElement | null): void {
  if (!element) return
  element.style.height = 'auto'
  element.style.height = `${element.scrollHeight}px`
}
