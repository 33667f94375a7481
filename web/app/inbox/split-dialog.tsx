import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Conversation, Message } from '#/api/types'
import { Form } from '#/settings/parts'
import { t } from '#/text/text'
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
  const { id } = conversation
  const open = (other: string) => {
    onClose()
    return navigate({ to: '/inbox/$id', params: { id: other }, search: { view: 'all', status: 'any' } })
  }

  return (
    <Dialog open title={t('split.title')} onClose={onClose}>
      <Form
        submit={t('split.do')}
        onSubmit={() => divide(id, { message_id: message.id, subject, request }, open)}
        onCancel={onClose}
      >
        {(errors) => (
          <>
            <p className="text-muted">
              {t(conversation.account_kind === 'email' ? 'split.help' : 'split.helpChat')}
            </p>
            <Input
              label={t('split.subject')}
              value={subject}
              maxLength={500}
              error={errors.subject}
              onChange={(event) => setSubject(event.target.value)}
            />
            {conversation.status !== 'closed' && (
              <Check
                label={t('split.request')}
                checked={request}
                onChange={(event) => setRequest(event.target.checked)}
              />
            )}
          </>
        )}
      </Form>
    </Dialog>
  )
}
