import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { conversations, files as filesApi } from '#/api/inbox'
import { Problem } from '#/api/problem'
import type { Account, ID, TemplateUse } from '#/api/types'
import { putConversation } from '#/live/change'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { LongInput } from '#/ui/field'
import { errorText } from '../actions'
import { ComposerFiles } from '../composer-files'
import { drafts } from '../draft'
import { TemplatePicker } from '../template-picker'
import { unsent } from './first-try'
import { dropLetterFile } from './letter-file'
import { useSending } from './use-sending'
import { Address } from './write-address'
import { WriteFoot } from './write-foot'
import { type NewLetter, useWriting } from './write-store'
import { writing } from './writing'

/** A first message by a network other than mail: to a number or an address there, in plain words or by a template. */
export function WriteChat({ account }: { account: Account }) {
  const { letter } = useWriting(writing)
  const navigate = useNavigate()
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const [picking, setPicking] = useState(false)
  const [sending, setSending] = useSending()
  const address = letter.address.trim()
  const empty = letter.text.trim() === '' && letter.attachments.length === 0

  async function attach(list: File[]): Promise<void> {
    setErrors({})
    setBusy(true)
    try {
      const stored = await Promise.all(list.map((file) => filesApi.upload(file)))
      writing.edit({ attachments: [...writing.get().letter.attachments, ...stored] })
    } catch (error) {
      setErrors({ '': errorText(error) })
    } finally {
      setBusy(false)
    }
  }

  function open(id: ID): void {
    void navigate({ to: '/inbox/$id', params: { id }, search: { view: 'all' } })
  }

  /** begin sends; its answer is what is wrong, by field, null when nothing is. */
  async function begin(template?: TemplateUse): Promise<Record<string, string> | null> {
    const as = template ? 'template' : 'words'
    const letter = writing.ready(as)
    const text = letter.text.trim()
    try {
      const made = await conversations.begin({
        account_id: account.id,
        address,
        subject: '',
        message: {
          kind: 'reply',
          text: template ? '' : text,
          attachments: template ? [] : letter.attachments.map((file) => file.id),
          client_id: template ? letter.templateClient : letter.client,
          undo_seconds: 0,
          ...(template && { template }),
        },
      })
      inbox.change((state) => putConversation(state, made))
      // What was written beside a template waits in the conversation that it began.
      if (template && !empty) keep(made.id, letter)
      writing.sent(letter, 'chat')
      open(made.id)
      return null
    } catch (error) {
      const there = error instanceof Problem && error.code === 'thread_open' ? error.body.conversation_id : ''
      if (typeof there === 'string' && there) {
        keep(there, letter)
        writing.sent(letter, 'chat')
        open(there)
        return null
      }
      const fate = unsent(error)
      if (fate !== 'unknown') writing.renew(letter, as)
      if (fate === 'maybe') return { '': t('write.maybe') }
      const fields = error instanceof Problem ? error.fields : {}
      return { '': Object.values(fields)[0] ?? errorText(error), ...fields }
    }
  }

  function keep(conversation: ID, letter: NewLetter): void {
    const now = drafts.get(conversation)
    drafts.edit(conversation, {
      kind: 'reply',
      text: [now.text, letter.text.trim()].filter(Boolean).join('\n\n'),
      attachments: [...now.attachments, ...letter.attachments],
    })
  }

  async function submit(): Promise<void> {
    if (empty || busy || sending || !address) return
    setSending(true)
    const wrong = await begin()
    if (wrong) {
      setErrors(wrong)
      setSending(false)
    }
  }

  const beside = errors.address || errors['message.text']
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <div inert={sending} className="flex flex-col gap-3">
        <Address account={account} error={errors.address} />
        <LongInput
          label={t('write.text')}
          data-testid="write-chat-text"
          rows={5}
          value={letter.text}
          error={errors['message.text']}
          onChange={(event) => writing.edit({ text: event.target.value })}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return
            event.preventDefault()
            void attach([...event.clipboardData.files])
          }}
          onKeyDown={(event) => {
            if (event.code !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            void submit()
          }}
        />
        <ComposerFiles
          files={letter.attachments}
          uploads={[]}
          onDropUpload={() => undefined}
          onDropFile={dropLetterFile}
        />
      </div>
      <WriteFoot
        problem={beside ? '' : (errors[''] ?? '')}
        sending={sending}
        onFiles={(list) => void attach(list)}
      >
        {account.kind === 'whatsapp' && (
          <Button disabled={!address} onClick={() => setPicking(true)}>
            {t('template.choose')}
          </Button>
        )}
        <Button
          type="submit"
          tone="primary"
          className="ms-auto"
          data-testid="write-send"
          disabled={empty || !address}
          busy={busy || sending}
          title="Ctrl+Enter"
        >
          {t('write.send')}
        </Button>
      </WriteFoot>
      {picking && <TemplatePicker account={account.id} send={begin} onClose={() => setPicking(false)} />}
    </form>
  )
}
