import { type Ref, Suspense } from 'react'
import type { Limits } from '#/api/types'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Icon } from '#/ui/icons'
import { piece } from '#/ui/piece'
import type { LocalDraft } from '../draft'
import type { EditorHandle, EditorPicture } from './editor'
import { HeadEditor } from './head-editor'
import { loadEditor } from './later'
import { mailName } from './top'
import type { HeadState } from './use-head'
import { quote, start } from './words'

const MailEditor = piece(loadEditor, 'line')

interface ComposerMailProps {
  draft: LocalDraft
  limits: Limits | undefined
  state: HeadState
  /** Out of sight while a note is written; the editor stays where it is. */
  hidden: boolean
  onChange: (html: string) => void
  onSubmit: (andClose: boolean) => void
  onFiles: (files: File[]) => void
  onPictures: (files: File[]) => Promise<EditorPicture[]>
  onReady: () => void
  onBefore: (before: string | null) => void
  onStep: (html: string) => void
  onKey: (event: KeyboardEvent) => boolean
  ref: Ref<EditorHandle>
}

/** Where a mail is written: whom it goes to, its text, and what goes along. */
export function ComposerMail(props: ComposerMailProps) {
  const { draft, limits, state, hidden, onChange, onSubmit, onFiles, onPictures, onReady, ref } = props
  const { head, about } = state
  const signature = useMe().signature ?? ''
  const quoting = about && about.direction === 'inbound' && about.text ? about : undefined
  return (
    <div className={hidden ? 'hidden' : 'flex min-h-0 flex-col'}>
      <HeadEditor
        head={head}
        limits={limits}
        all={state.all}
        open={state.open}
        onOpen={state.setOpen}
        onMode={(mode) => state.setMode(mode)}
        onChange={state.change}
      />
      <Suspense fallback={<p className="min-h-24 px-3.5 pt-3 text-muted">{t('editor.loading')}</p>}>
        <MailEditor
          ref={ref}
          label={t('composer.reply')}
          placeholder={t('composer.replyPlaceholder')}
          testId="mail-text"
          className="px-3.5 pt-2.5 pb-2 min-h-24 max-h-[40dvh]"
          html={draft.html}
          start={start(signature)}
          onChange={onChange}
          onSubmit={onSubmit}
          onFiles={onFiles}
          onPictures={onPictures}
          onReady={onReady}
          onBefore={props.onBefore}
          onStep={props.onStep}
          onKey={props.onKey}
          onQuote={
            quoting &&
            (() =>
              quote(
                t('mail.quoteIntro', { name: mailName(quoting), time: fullTime(quoting.created_at) }),
                quoting.text,
              ))
          }
        />
      </Suspense>
      {head.mode === 'forward' && about && (
        <p className="mx-3.5 mb-1.5 flex items-center gap-2 rounded-md bg-sunken px-2.5 py-1.5 text-muted text-sm">
          <Icon name="forward" className="size-4!" />
          <span dir="auto" className="min-w-0 truncate">
            {t('mail.forwarded', { name: mailName(about) })}
          </span>
        </p>
      )}
    </div>
  )
}
