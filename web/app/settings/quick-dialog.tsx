import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTeams } from '#/api/queries'
import { quickReplies } from '#/api/quick'
import type { NewQuickReply, QuickReply } from '#/api/types'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { controlClass, Field, Input, Select } from '#/ui/field'
import { Form } from './parts'
import { QuickFiles } from './quick-files'
import { QuickPalette } from './quick-palette'
import { QuickPreview } from './quick-preview'
import { useSave } from './use-save'

interface QuickDialogProps {
  /** None is a new one. */
  reply: QuickReply | null
  folders: string[]
  onClose: () => void
}

/** A quick reply is written, looked at as the contact will read it, and put where others find it. */
export function QuickDialog({ reply, folders, onClose }: QuickDialogProps) {
  const queries = useQueryClient()
  const me = useMe()
  const teams = useTeams()
  const remove = useSave('quick-replies')
  const [files, setFiles] = useState(reply?.attachments ?? [])
  const [body, setBody] = useState<Omit<NewQuickReply, 'attachments'>>({
    name: reply?.name ?? '',
    shortcut: reply?.shortcut ?? '',
    text: reply?.text ?? '',
    scope: reply?.scope ?? 'mine',
    team_id: reply?.team_id ?? null,
    language: reply?.language ?? '',
    folder: reply?.folder ?? '',
  })
  const area = useRef<HTMLTextAreaElement>(null)
  const edit = (change: Partial<typeof body>) => setBody({ ...body, ...change })
  const fixed = reply !== null && !reply.editable
  const leads = me.role === 'admin' || me.role === 'lead'

  async function submit(): Promise<void> {
    const whole = { ...body, attachments: files.map((file) => file.id) }
    if (reply) await quickReplies.update(reply.id, whole)
    else await quickReplies.create(whole)
    void queries.invalidateQueries({ queryKey: ['quick-replies'] })
    onClose()
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
      <Form submit={t('common.save')} onSubmit={submit} onCancel={onClose}>
        {(errors) => (
          <>
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
            <QuickFiles files={files} error={errors.attachments} onChange={setFiles} />
            <div className="grid gap-4 sm:grid-cols-2">
              <Select
                label={t('quick.scope')}
                value={body.scope}
                error={errors.scope}
                onChange={(event) => edit({ scope: event.target.value })}
              >
                <option value="mine">{t('quick.scope.mine')}</option>
                {leads && <option value="team">{t('quick.scope.team')}</option>}
                {leads && <option value="all">{t('quick.scope.all')}</option>}
              </Select>
              {body.scope === 'team' && (
                <Select
                  label={t('quick.team')}
                  value={body.team_id ?? ''}
                  error={errors.team_id}
                  onChange={(event) => edit({ team_id: event.target.value || null })}
                >
                  <option value="">{t('quick.chooseTeam')}</option>
                  {teams.map((team) => (
                    <option key={team.id} value={team.id}>
                      {team.name}
                    </option>
                  ))}
                </Select>
              )}
              <Input
                label={t('quick.folder')}
                list="quick-folders"
                maxLength={100}
                value={body.folder}
                error={errors.folder}
                onChange={(event) => edit({ folder: event.target.value })}
              />
              <datalist id="quick-folders">
                {folders.map((item) => (
                  <option key={item} value={item} />
                ))}
              </datalist>
              <Select
                label={t('quick.language')}
                value={body.language}
                error={errors.language}
                onChange={(event) => edit({ language: event.target.value })}
              >
                <option value="">{t('quick.anyLanguage')}</option>
                {[...new Set(['ru', 'en', 'ar', 'de', 'es', 'fr', 'kk', 'tr', 'uz', 'zh', body.language])]
                  .filter(Boolean)
                  .map((item) => (
                    <option key={item} value={item}>
                      {new Intl.DisplayNames(me.language, { type: 'language' }).of(item) ?? item}
                    </option>
                  ))}
              </Select>
            </div>
            {reply && (
              <Button
                small
                tone="danger"
                className="self-start"
                onClick={() => remove.mutate(() => quickReplies.remove(reply.id).then(onClose))}
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
