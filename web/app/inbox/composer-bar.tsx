import { type ReactNode, useState } from 'react'
import { t } from '#/text/text'
import { AttachButton } from '#/ui/attach'
import { Button, IconButton } from '#/ui/button'
import { Menu, type MenuItem } from '#/ui/menu'
import { EmojiButton } from './composer-emoji'
import { LaterDialog, laterItems } from './composer-later'

interface ComposerBarProps {
  note: boolean
  /** What is sent waits until the contact writes. */
  hold: boolean
  canSend: boolean
  /** How much room is left, in words. */
  room: ReactNode
  onKind: (kind: 'reply' | 'note') => void
  onFiles: (files: Iterable<File>) => void
  /** Adds a button; none where there is nothing to add one to. */
  onButton: (() => void) | null
  /** What can be done with selected words. */
  marks?: ReactNode
  /** Puts an emoji where the cursor is; null where nothing is written. */
  onEmoji: ((emoji: string) => void) | null
  /** Begins to look for a quick reply. */
  onQuick: (() => void) | null
  onSend: (andClose: boolean, at?: Date) => void
}

export function ComposerBar({
  note,
  hold,
  canSend,
  room,
  onKind,
  onFiles,
  onButton,
  marks,
  onEmoji,
  onQuick,
  onSend,
}: ComposerBarProps) {
  const [choosing, setChoosing] = useState(false)
  const later = (at: Date) => onSend(false, at)

  /** Before there is anything to send one may look what there is. */
  function sendings(): MenuItem[] {
    const name = hold ? t('held.close') : t('composer.sendClose')
    const all: MenuItem[] = [
      { id: 'close', name, icon: 'check', keys: 'Ctrl+Shift+Enter', run: () => onSend(true) },
      ...(hold ? [] : laterItems(later, () => setChoosing(true))),
    ]
    return canSend ? all : all.map((item) => ({ ...item, group: t('composer.nothingYet'), disabled: true }))
  }

  return (
    <div className="flex flex-wrap items-center gap-1 px-2 pt-1 pb-2">
      <fieldset className="flex rounded-md bg-sunken p-0.5">
        <legend className="sr-only">{t('composer.kind')}</legend>
        <Kind name={t('composer.reply')} hint="R" on={!note} onClick={() => onKind('reply')} />
        <Kind name={t('composer.note')} hint="N" on={note} onClick={() => onKind('note')} />
      </fieldset>
      <AttachButton onFiles={onFiles} />
      {onEmoji && <EmojiButton onPick={onEmoji} />}
      {onQuick && <IconButton icon="bolt" label={t('quick.title')} hint="/" onClick={onQuick} />}
      {onButton && <IconButton icon="plus" label={t('buttons.add')} onClick={onButton} />}
      {marks}
      {room}
      <div className="ms-auto flex items-center">
        <Button
          tone="primary"
          small
          data-testid="composer-send"
          disabled={!canSend}
          title="Ctrl+Enter"
          className={note ? '' : 'rounded-e-none!'}
          onClick={() => onSend(false)}
        >
          {note ? t('composer.addNote') : hold ? t('window.hold') : t('composer.send')}
        </Button>
        {!note && (
          <Menu
            trigger={
              <Button
                tone="primary"
                small
                icon="down"
                aria-label={t('composer.moreSend')}
                className={`rounded-s-none! border-s-on-accent/30! px-1.5! ${canSend ? '' : 'opacity-50'}`}
              />
            }
            items={sendings()}
          />
        )}
        {choosing && <LaterDialog onClose={() => setChoosing(false)} onPick={later} />}
      </div>
    </div>
  )
}

function Kind({ name, hint, on, onClick }: { name: string; hint: string; on: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      title={hint}
      onClick={onClick}
      className="h-6 rounded-sm px-2.5 font-medium text-muted text-sm aria-pressed:bg-surface aria-pressed:text-text aria-pressed:shadow-sm"
    >
      {name}
    </button>
  )
}
