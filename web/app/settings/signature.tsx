import { Suspense, useState } from 'react'
import { loadEditor } from '#/inbox/mail/later'
import { isBlank } from '#/inbox/mail/words'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { piece } from '#/ui/piece'
import { Group } from './parts'

const MailEditor = piece(loadEditor, 'line')

/** What stands under one's mails, written as mails are written. */
export function Signature({ html, onSave }: { html: string; onSave: (html: string) => Promise<void> }) {
  const [text, setText] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function save(): Promise<void> {
    if (text === null) return
    setBusy(true)
    await onSave(isBlank(text) ? '' : text)
    setBusy(false)
    setText(null)
  }

  return (
    <Group title={t('profile.signature')} help={t('profile.signatureHelp')}>
      <div className="min-h-29 rounded-lg border border-line-strong bg-surface pb-1.5 focus-within:border-accent">
        <Suspense fallback={<p className="min-h-24 p-3 text-muted">{t('editor.loading')}</p>}>
          <MailEditor
            label={t('profile.signature')}
            placeholder=""
            testId="signature"
            className="min-h-20 px-3.5 py-2.5"
            html={text ?? html}
            start=""
            onChange={setText}
            onSubmit={() => void save()}
          />
        </Suspense>
      </div>
      <Button
        className="self-start"
        disabled={text === null || text === html}
        busy={busy}
        onClick={() => void save()}
      >
        {t('profile.signatureSave')}
      </Button>
    </Group>
  )
}
