import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useHandedBy } from '#/alerts/handed'
import { useAccounts, useAgentName, useLabels } from '#/api/queries'
import type { Conversation } from '#/api/types'
import { openThread } from '#/live/load'
import { useInbox } from '#/live/store'
import { inOneLanguage } from '#/text/said'
import { t } from '#/text/text'
import { ahead, fullTime, shortTime, waited } from '#/text/time'
import { Avatar, Dot } from '#/ui/bits'
import { Icon } from '#/ui/icons'
import { useMinute } from '#/ui/minute'
import { accountName, channelName } from './channel'
import { ChannelMark } from './channel-mark'
import { useDeadline } from './clock-chip'
import { approach } from './intent'
import { keepFilters } from './query'

interface RowProps {
  id: string
  open: boolean
  at: boolean
  onFocus: (id: string) => void
}

export const Row = memo(function Row({ id, open, at, onFocus }: RowProps) {
  const conversation = useInbox((state) => state.conversations.get(id))
  const typing = useInbox((state) =>
    state.marks.find((mark) => mark.conversation === id && mark.what === 'typing'),
  )
  if (!conversation) return null
  const unread = conversation.seq > (conversation.read_seq ?? 0)
  const name = conversation.contact_name || t('contact.nameless')
  const last = conversation.last_message
  return (
    <Link
      to="/inbox/$id"
      params={{ id }}
      search={keepFilters}
      preload={false}
      data-testid="conversation-row"
      data-id={id}
      data-cursor={at || undefined}
      {...approach(id)}
      onFocus={() => onFocus(id)}
      onPointerDown={(event) => {
        if (event.pointerType === 'mouse' && event.button === 0 && !open) void openThread(id)
      }}
      aria-current={open ? 'true' : undefined}
      className={`relative flex h-full items-start gap-3 border-line border-b px-3.5 py-2.5 transition-colors duration-75 focus-visible:-outline-offset-2 ${open ? 'bg-accent-soft' : 'hover:bg-hover'}`}
    >
      {at && <span aria-hidden="true" className="absolute inset-y-0 start-0 w-0.75 bg-accent" />}
      <span className="relative mt-0.5">
        <Avatar name={name} />
        <span
          title={channelName(conversation.account_kind)}
          className="absolute -end-1 -bottom-1 grid size-4.5 place-items-center rounded-full border border-line bg-surface text-muted"
        >
          <ChannelMark kind={conversation.account_kind} className="size-3.5!" />
        </span>
      </span>
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex items-baseline gap-2">
          <span dir="auto" className={`min-w-0 flex-1 truncate ${unread ? 'font-semibold' : 'font-medium'}`}>
            {name}
          </span>
          <span className="numeric shrink-0 text-faint text-xs" title={last ? fullTime(last.at) : undefined}>
            {shortTime(last?.at ?? conversation.created_at)}
          </span>
        </span>
        <span className={`flex min-w-0 items-baseline text-sm ${unread ? 'text-text' : 'text-muted'}`}>
          {typing ? (
            <em className="text-accent not-italic">{t('thread.typingShort')}</em>
          ) : (
            <>
              {conversation.trouble && <Trouble trouble={conversation.trouble} />}
              {last?.direction === 'outbound' && !conversation.trouble && (
                <>
                  <Icon name="reply" className="me-1 size-3.5! self-center text-faint" />
                  <span className="sr-only">{t('inbox.answered')} </span>
                </>
              )}
              {/* Its own direction, so that the beginning is what is left of a long one. */}
              <span dir="auto" className="min-w-0 truncate">
                {last?.author && <bdi className="font-medium text-text">{last.author}: </bdi>}
                {conversation.subject && last?.text && (
                  <span className={unread ? 'font-medium' : 'text-text'}>{conversation.subject} · </span>
                )}
                {inOneLanguage(last?.text ?? '') || conversation.subject || t('inbox.noText')}
              </span>
            </>
          )}
        </span>
        <Facts conversation={conversation} unread={unread} />
      </span>
      {unread && (
        <span className="absolute end-3.5 bottom-3 size-2 rounded-full bg-accent" title={t('inbox.unread')} />
      )}
    </Link>
  )
})

/** Our last answer did not arrive, or nobody knows: no row may look answered then. */
function Trouble({ trouble }: { trouble: NonNullable<Conversation['trouble']> }) {
  const tone = trouble === 'failed' ? 'text-danger' : 'text-warn'
  return (
    <span data-testid="row-trouble" title={t(`inbox.trouble.${trouble}`)}>
      <Icon name="alert" className={`me-1 inline size-3.5! align-[-2px] ${tone}`} />
      <span className="sr-only">{t(`inbox.trouble.${trouble}`)}: </span>
    </span>
  )
}

/** How it stands; what is put off says when it comes back. */
function standing({ status, snoozed_until }: Conversation, now: number): string {
  return status === 'snoozed' && snoozed_until
    ? t('event.snoozed', { time: ahead(snoozed_until, now) })
    : t(`status.${status}`)
}

/** What asks for attention, in the order in which it does; mostly nothing. */
function Facts({ conversation, unread }: { conversation: Conversation; unread: boolean }) {
  const agentName = useAgentName()
  const labels = useLabels()
  const now = useMinute()
  const account = accountName(useAccounts(), conversation.account_kind, conversation.account_id)
  // Put off, it stands still for us: no clock says otherwise.
  const waiting =
    conversation.unanswered && conversation.waiting_since && conversation.status !== 'snoozed'
      ? waited(conversation.waiting_since, now)
      : null
  const deadline = useDeadline(conversation)
  const tones = { calm: 'text-muted', warn: 'text-warn', late: 'font-medium text-danger' }
  const me = useInbox((state) => state.me)
  const handedBy = useHandedBy(conversation.id)
  // That it is one's own goes without saying.
  const assignee = conversation.assignee_id === me ? '' : agentName(conversation.assignee_id)
  return (
    <span
      // What has no room goes to a line that is not shown: half a letter says nothing.
      className={`flex h-4 min-w-0 flex-wrap items-center gap-2 overflow-hidden text-muted text-xs ${unread ? 'me-4' : ''}`}
    >
      {handedBy && conversation.assignee_id === me && (
        <span className="flex min-w-0 max-w-fit grow basis-24 items-center gap-1 font-medium text-accent">
          <Icon name="user" className="size-3.5!" />
          <span className="truncate">{t('inbox.handedBy', { name: agentName(handedBy) })}</span>
        </span>
      )}
      {deadline}
      {waiting && !deadline && (
        <span className={`numeric flex shrink-0 items-center gap-1 ${tones[waiting.tone]}`}>
          <Icon name="clock" className="size-3.5!" />
          {waiting.text ? t('inbox.waits', { span: waiting.text }) : t('inbox.waitsNow')}
        </span>
      )}
      {(conversation.priority === 'high' || conversation.priority === 'urgent') && (
        <span
          className={`flex shrink-0 items-center gap-0.5 ${conversation.priority === 'urgent' ? 'text-danger' : 'text-warn'}`}
        >
          <Icon name="flag" className="size-3.5!" />
          {t(`priority.${conversation.priority}`)}
        </span>
      )}
      {conversation.status !== 'open' && !conversation.spam && (
        <span className="numeric shrink-0">{standing(conversation, now)}</span>
      )}
      {conversation.pinned && (
        <span className="flex shrink-0" title={t('act.pinned')}>
          <Icon name="pin" className="size-3.5!" />
        </span>
      )}
      {conversation.following && (
        <span className="flex shrink-0" title={t('act.followed')}>
          <Icon name="eye" className="size-3.5!" />
        </span>
      )}
      {labels
        .filter((label) => conversation.labels.includes(label.id))
        .slice(0, 3)
        .map((label) => (
          <span key={label.id} title={label.name} className="flex shrink-0">
            <Dot color={label.color} className="size-2" />
          </span>
        ))}
      {account && (
        <span dir="auto" data-testid="row-account" className="min-w-0 max-w-fit grow-4 basis-10 truncate">
          {account}
        </span>
      )}
      {/* A long name gives way before the channel does: its beginning says enough. */}
      {assignee && (
        <span dir="auto" className="min-w-0 max-w-fit grow basis-10 truncate">
          {assignee}
        </span>
      )}
    </span>
  )
}
