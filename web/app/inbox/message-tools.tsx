import { useEffect, useRef, useState } from 'react'
import type { Message } from '#/api/types'
import { keys } from '#/keys/keys'
import { t } from '#/text/text'
import { Button, IconButton } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Menu, type MenuItem } from '#/ui/menu'
import { say } from '#/ui/toast'
import { type Possible, withdraw } from './amend'
import { drafts } from './draft'
import { useSplit } from './split'
import { throwNote } from './throw-note'

interface MessageToolsProps {
  message: Message
  can: Possible
  /** The pointer or the keyboard is at the message. */
  near: boolean
  onReact: () => void
  onEdit: () => void
}

/** What can be done about a message: beside it while the pointer is there, and always by the keyboard. */
export function MessageTools({ message, can, near, onReact, onEdit }: MessageToolsProps) {
  const [asking, setAsking] = useState(false)
  const note = message.kind === 'note'
  const split = useSplit(message)
  const items: MenuItem[] = [
    can.reply && item('reply', 'reply', t('amend.reply'), () => answer(message)),
    can.react && item('react', 'smile', t('amend.react'), onReact),
    can.edit && item('edit', 'pen', t('common.edit'), onEdit),
    message.text !== '' && {
      id: 'copy',
      name: t('amend.copy'),
      icon: 'copy' as const,
      run: () => void copy(message.text),
    },
    ...split.items,
    can.delete && {
      ...(note
        ? item('delete', 'eraser', t('amend.deleteNote'), () => void throwNote(message))
        : item('delete', 'eraser', t('amend.delete'), () => setAsking(true))),
      danger: true,
    },
  ].filter((one) => one !== false)
  if (items.length === 0) return null
  const side = message.direction === 'outbound' ? 'end-full me-1 flex-row-reverse' : 'start-full ms-1'
  return (
    <div
      className={`absolute top-0 flex items-center opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 has-data-popup-open:opacity-100 pointer-coarse:opacity-70 ${side}`}
    >
      {near && can.reply && (
        <IconButton
          icon="reply"
          label={t('amend.reply')}
          className="size-7! max-md:hidden"
          onClick={() => answer(message)}
        />
      )}
      {near && can.react && (
        <IconButton
          icon="smile"
          label={t('amend.react')}
          className="size-7! max-md:hidden"
          onClick={onReact}
        />
      )}
      <Menu
        trigger={
          <IconButton icon="more" label={t('amend.tools')} className="size-7!" data-testid="message-tools" />
        }
        items={items}
      />
      {split.dialog}
      {asking && <Confirm message={message} onClose={() => setAsking(false)} />}
    </div>
  )
}

function item(id: string, icon: MenuItem['icon'], name: string, run: () => void): MenuItem {
  return { id, name, icon, leads: true, run }
}

/** answer has the next answer say which message it is to. */
export function answer(message: Message): void {
  drafts.edit(message.conversation_id, { kind: 'reply', replyTo: message.id })
  keys.run('KeyR')
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    say(t('common.copied'))
  } catch {
    say(t('common.failed'), { tone: 'error' })
  }
}

/** What a contact no longer sees cannot be taken back, so it is asked once more. */
function Confirm({ message, onClose }: { message: Message; onClose: () => void }) {
  async function run(): Promise<void> {
    onClose()
    const problem = await withdraw(message)
    if (problem) say(problem, { tone: 'error' })
  }
  return (
    <Dialog open title={t('amend.deleteTitle')} onClose={onClose}>
      <p className="mb-4 text-muted">{t('amend.deleteHelp')}</p>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button tone="danger" onClick={() => void run()}>
          {t('common.delete')}
        </Button>
      </div>
    </Dialog>
  )
}

interface EmojiRowProps {
  first: string[]
  rest: string[]
  chosen: string
  onPick: (emoji: string) => void
  onClose: () => void
}

/** Reactions to choose from, below the message. */
export function EmojiRow({ first, rest, chosen, onPick, onClose }: EmojiRowProps) {
  const row = useRef<HTMLDivElement>(null)
  const [all, setAll] = useState(first.length === 0)
  useEffect(() => row.current?.querySelector('button')?.focus(), [])
  const bare = (emoji: string) => emoji.replaceAll('\uFE0F', '')
  return (
    <div
      ref={row}
      role="group"
      aria-label={t('amend.react')}
      data-testid="reactions"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
      className="mt-1 flex max-h-48 max-w-full flex-wrap items-center gap-0.5 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-pop"
    >
      {[...first, ...(all ? rest : [])].map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-pressed={bare(emoji) === bare(chosen)}
          aria-label={emoji}
          onClick={() => onPick(emoji)}
          className="size-8 rounded-md text-lg leading-none hover:bg-hover aria-pressed:bg-accent-soft"
        >
          {emoji}
        </button>
      ))}
      {!all && rest.length > 0 && (
        <IconButton icon="plus" label={t('amend.moreEmoji')} onClick={() => setAll(true)} />
      )}
      <IconButton icon="close" label={t('common.close')} onClick={onClose} />
    </div>
  )
}
