import { memo } from 'react'
import type { Message } from '#/api/types'
import { t } from '#/text/text'
import { Attachments } from '../attachments'
import { Delivery } from '../delivery'
import { MailBody } from './body'
import { newSubject } from './parties'
import { MailTop, mailName } from './top'

interface MailItemProps {
  message: Message
  /** The subject of the mail before this one; undefined for the first. */
  subjectBefore: string | undefined
}

/** One mail of a conversation, as wide as there is room: mails bring a look of their own. */
export const MailItem = memo(function MailItem({ message, subjectBefore }: MailItemProps) {
  const ours = message.direction === 'outbound'
  const name = mailName(message)
  const subject = newSubject(message, subjectBefore)
  const beside = message.attachments.filter((file) => !file.inline)
  return (
    <li
      data-testid="message"
      data-kind={message.kind}
      data-direction={message.direction}
      data-state={message.state}
      data-seq={message.seq ?? undefined}
      data-of={message.conversation_id}
      data-nature={message.nature || undefined}
      className={`found-mark mt-3.5 flex flex-col ${ours ? 'items-end sm:ps-10' : 'items-start sm:pe-10'}`}
    >
      {subject && (
        <h3 dir="auto" className="mb-1 w-full px-1 font-semibold [overflow-wrap:anywhere]">
          {subject}
        </h3>
      )}
      <article
        aria-label={t('mail.frame', { name })}
        className={`w-full rounded-xl border border-transparent px-3.5 pt-1.5 pb-3 ${ours ? 'bg-ours' : 'bg-theirs'} ${message.id.startsWith('local:') ? 'opacity-75' : ''}`}
      >
        <MailTop message={message} name={name} />
        {message.deleted_at ? (
          <p className="text-muted italic">{t('message.deleted')}</p>
        ) : (
          <MailBody message={message} name={name} />
        )}
        <div className="mt-2 empty:hidden">
          <Attachments files={beside} />
        </div>
        {message.nature === 'complaint' && (
          <p className="mt-2 text-pretty text-danger text-sm">{t('mail.complaintNext')}</p>
        )}
      </article>
      {ours && <Delivery message={message} />}
    </li>
  )
})
