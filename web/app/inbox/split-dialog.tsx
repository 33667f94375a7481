import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { Conversation, Message } from '#/api/types'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Check, Input } from '#/ui/field'
import { divide } from './divide'

interface SplitDialogProps {
  conversation: Conversation
  /** The first one of the new conversation. */
  message: Message
  onClose: () => void
}

/** Asks what the new conversation is about, splits, and opens it. */
export default function SplitDialog({ conversation, message, onClose }: SplitDialogProps) {
  const navigate = useNavigate()
  const [subject, setSubject] = useState(conversation.subject)
  const [request, setRequest] = useState(conversation.status !== 'closed')
  const [busy, setBusy] = useState(false)
  const { id } = conversation
  const open = (other: string) => {
    onClose()
    return navigate({ to: '/inbox/$id', params: { id: other }, search: { view: 'all', status: 'any' } })
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    await divide(id, { message_id: message.id, subject, request }, open)
    setBusy(false)
  }

  return (
    <Dialog open title={t('split.title')} onClose={onClose}>
      <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <p className="text-muted">
          {t(conversation.account_kind === 'email' ? 'split.help' : 'split.helpChat')}
        </p>
        <Input
          label={t('split.subject')}
          value={subject}
          maxLength={500}
          onChange={(event) => setSubject(event.target.value)}
        />
        {conversation.status !== 'closed' && (
          <Check
            label={t('split.request')}
            checked={request}
            onChange={(event) => setRequest(event.target.checked)}
          />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" tone="primary" busy={busy}>
            {t('split.do')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
