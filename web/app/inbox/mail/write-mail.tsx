import { useNavigate } from '@tanstack/react-router'
import { Suspense, useRef, useState } from 'react'
import { conversations, files as filesApi } from '#/api/inbox'
import type { Account, Attachment } from '#/api/types'
import { putConversation } from '#/live/change'
import { inbox } from '#/live/store'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { piece } from '#/ui/piece'
import { errorText } from '../actions'
import { ComposerFiles } from '../composer-files'
import { filesOf } from '../draft'
import { undoSeconds } from '../send'
import type { EditorHandle } from './editor'
import { unsent } from './first-try'
import { HeadFields } from './head-editor'
import { loadEditor } from './later'
import { mailBody } from './letter'
import { dropLetterFile } from './letter-file'
import { headProblem } from './recipients'
import { useSending } from './use-sending'
import { isBlank, start } from './words'
import { WriteFoot } from './write-foot'
import { useWriting } from './write-store'
import { writing } from './writing'

const MailEditor = piece(loadEditor, 'line')

/** A new mail to anybody; only sending ends it. */
export function WriteMail({ account }: { account: Account }) {
  const { letter } = useWriting(writing)
  const me = useMe()
  const navigate = useNavigate()
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const editor = useRef<EditorHandle>(null)
  const [sending, setSending] = useSending()
  const empty = isBlank(letter.html) && letter.attachments.length === 0

  async function upload(list: File[]): Promise<Attachment[]> {
    setProblem('')
    setBusy(true)
    try {
      return await Promise.all(list.map((file) => filesApi.upload(file)))
    } catch (error) {
      setProblem(errorText(error))
      return []
    } finally {
      setBusy(false)
    }
  }

  async function attach(list: File[]): Promise<void> {
    const stored = await upload(list)
    writing.edit({ attachments: [...writing.get().letter.attachments, ...stored] })
  }

  async function submit(): Promise<void> {
    if (empty || busy || sending) return
    const wrong = headProblem(letter)
    setProblem(wrong)
    if (wrong) return
    setSending(true)
    const left = writing.ready()
    const { to, cc, bcc, subject, from } = left
    const head = { mode: 'reply' as const, to, cc, bcc, subject, from, about: null }
    try {
      const made = await conversations.begin({
        account_id: account.id,
        address: to[0]?.address ?? '',
        subject: subject.trim(),
        message: {
          kind: 'reply',
          text: '',
          ...mailBody(left.html, head),
          attachments: filesOf(left),
          client_id: left.client,
          undo_seconds: undoSeconds,
        },
      })
      inbox.change((state) => putConversation(state, made))
      writing.sent(left, 'mail')
      void navigate({ to: '/inbox/$id', params: { id: made.id }, search: { view: 'all' } })
    } catch (error) {
      const fate = unsent(error)
      if (fate !== 'unknown') writing.renew(left)
      setProblem(fate === 'maybe' ? t('write.maybe') : errorText(error))
      setSending(false)
    }
  }

  return (
    <>
      <div inert={sending} className="rounded-lg border border-line-strong focus-within:border-accent">
        <HeadFields
          head={letter}
          limits={{ addresses: addressesOf(account) }}
          focusTo={letter.to.length === 0}
          onChange={writing.edit}
        />
        <div className="border-line border-t pb-2">
          <Suspense fallback={<p className="min-h-44 p-3 text-muted">{t('editor.loading')}</p>}>
            <MailEditor
              ref={editor}
              label={t('write.text')}
              placeholder={t('write.placeholder')}
              testId="write-text"
              className="min-h-40 max-h-[40dvh] px-3.5 py-2.5"
              html={letter.html}
              start={start(me.signature ?? '')}
              onChange={(html) => writing.edit({ html })}
              onSubmit={() => void submit()}
              onFiles={(list) => void attach(list)}
              onPictures={upload}
            />
          </Suspense>
          <ComposerFiles
            files={letter.attachments}
            uploads={[]}
            onDropUpload={() => undefined}
            onDropFile={dropLetterFile}
          />
        </div>
      </div>
      <WriteFoot problem={problem} sending={sending} onFiles={(list) => void attach(list)}>
        <Button
          tone="primary"
          className="ms-auto"
          data-testid="write-send"
          disabled={empty}
          busy={busy || sending}
          title="Ctrl+Enter"
          onClick={() => void submit()}
        >
          {t('write.send')}
        </Button>
      </WriteFoot>
    </>
  )
}

/** addressesOf is what a mailbox may write from: its own address and its aliases. */
function addressesOf(account: Account): string[] {
  const { address, aliases } = account.config as { address?: unknown; aliases?: unknown }
  const all = [address, ...(Array.isArray(aliases) ? aliases : [])]
  return all.filter((item) => typeof item === 'string' && item !== '')
}
