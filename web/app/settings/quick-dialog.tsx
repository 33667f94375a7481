import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { quickReplies } from '#/api/quick'
import type { Attachment, QuickReply } from '#/api/types'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { controlClass, Field, Input } from '#/ui/field'
import { say } from '#/ui/toast'
import { useKeptState } from './editor/kept-state'
import { Form } from './parts'
import { QuickFiles } from './quick-files'
import { QuickPalette } from './quick-palette'
import { type Draft, QuickPlace } from './quick-place'
import { QuickPreview } from './quick-preview'
import { KeptNote } from './rules/kept-note'
import { useSave } from './use-save'

/** What a quick reply is made of, with the files that are uploaded already. */
interface Written extends Draft {
  files: Attachment[]
}

interface QuickDialogProps {
  /** None is a new one. */
  reply: QuickReply | null
  folders: string[]
  onClose: () => void
}

/** A quick reply is written, looked at as the contact will read it, and put where others find it. */
export default function QuickDialog({ reply, folders, onClose }: QuickDialogProps) {
  const queries = useQueryClient()
  const remove = useSave('quick-replies')
  const [written, setWritten, finish, discard] = useKeptState<Written>('quick-reply', reply?.id ?? 'new', {
    name: reply?.name ?? '',
    shortcut: reply?.shortcut ?? '',
    text: reply?.text ?? '',
    scope: reply?.scope ?? 'mine',
    team_id: reply?.team_id ?? null,
    language: reply?.language ?? '',
    folder: reply?.folder ?? '',
    files: reply?.attachments ?? [],
  })
  const { files, ...body } = written
  const area = useRef<HTMLTextAreaElement>(null)
  const edit = (change: Partial<Written>) => setWritten((old) => ({ ...old, ...change }))
  function cancel(): void {
    finish()
    onClose()
  }
  const fixed = reply !== null && !reply.editable

  async function submit(): Promise<void> {
    const whole = { ...body, attachments: files.map((file) => file.id) }
    if (reply) await quickReplies.update(reply.id, whole)
    else await quickReplies.create(whole)
    void queries.invalidateQueries({ queryKey: ['quick-replies'] })
    cancel()
  }

  async function drop({
    id,
    name,
    shortcut,
    text,
    scope,
    team_id,
    language,
    folder,
    attachments,
  }: QuickReply) {
    await quickReplies.remove(id)
    cancel()
    const again = { name, shortcut, text, scope, team_id, language, folder, attachments: [] }
    const undo = () =>
      void quickReplies.create(again).then(() => queries.invalidateQueries({ queryKey: ['quick-replies'] }))
    // Its files are gone for good, and a reply without them would not be what it was.
    say(t('quick.deleted'), attachments.length === 0 ? { undo } : {})
  }

  function put(words: string): void {
    const field = area.current
    const start = field?.selectionStart ?? body.text.length
    const end = field?.selectionEnd ?? start
    edit({ text: body.text.slice(0, start) + words + body.text.slice(end) })
    requestAnimationFrame(() => {
      field?.focus()
      field?.setSelectionRange(start + words.length, start + words.length)
    })
  }

  if (fixed)
    return (
      <Dialog open wide title={reply.name} onClose={onClose}>
        <div className="flex flex-col gap-3">
          <QuickPreview text={reply.text} language={reply.language} />
          <p className="text-muted text-sm">{t('quick.readOnly')}</p>
        </div>
      </Dialog>
    )
  return (
    <Dialog open wide title={reply ? reply.name : t('quick.new')} onClose={onClose}>
      <Form submit={t('common.save')} onSubmit={submit} onCancel={cancel}>
        {(errors) => (
          <>
            {discard && <KeptNote onDiscard={discard} />}
            <div className="grid gap-4 sm:grid-cols-2">
              <Input
                label={t('quick.name')}
                autoFocus
                maxLength={200}
                value={body.name}
                error={errors.name}
                onChange={(event) => edit({ name: event.target.value })}
              />
              <Input
                label={t('quick.shortcut')}
                help={t('quick.shortcutHelp')}
                maxLength={41}
                value={body.shortcut}
                error={errors.shortcut}
                onChange={(event) => edit({ shortcut: event.target.value })}
              />
            </div>
            <Field label={t('quick.text')} error={errors.text}>
              {(wiring) => (
                <textarea
                  {...wiring}
                  ref={area}
                  dir="auto"
                  rows={5}
                  value={body.text}
                  onChange={(event) => edit({ text: event.target.value })}
                  className={`${controlClass} scroller py-2`}
                />
              )}
            </Field>
            <QuickPalette onPick={put} />
            <QuickPreview text={body.text} language={body.language} />
            <QuickFiles files={files} error={errors.attachments} onChange={(next) => edit({ files: next })} />
            <QuickPlace body={body} errors={errors} folders={folders} onEdit={edit} />
            {reply && (
              <Button
                small
                tone="danger"
                className="self-start"
                onClick={() => remove.mutate(() => drop(reply))}
              >
                {t('common.delete')}
              </Button>
            )}
          </>
        )}
      </Form>
    </Dialog>
  )
}
