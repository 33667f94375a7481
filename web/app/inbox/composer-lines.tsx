import type { Conversation, Limits, Message } from '#/api/types'
import { Newer } from './composer-newer'
import { OtherDraft } from './composer-other'
import { ReplyTo } from './composer-reply-to'
import { RestLine } from './composer-rest'
import { Unanswerable } from './composer-room'
import { StopLine } from './composer-stop'
import { WindowLine } from './composer-window'
import type { LocalDraft } from './draft'

interface ComposerLinesProps {
  conversation: Conversation
  draft: LocalDraft
  limits: Limits | undefined
  /** What colleagues answered meanwhile; it was looked at, and the answer goes on. */
  newer: Message[]
  onSeen: () => void
  /** An answer by chat is written, not a mail and not a note. */
  chat: boolean
  mute: boolean
  now: number
}

/** What whoever writes has to know first: above what is written. */
export function ComposerLines(props: ComposerLinesProps) {
  const { conversation, draft, limits, newer, onSeen, chat, mute, now } = props
  const { id } = conversation
  return (
    <>
      {newer.length > 0 && <Newer messages={newer} onSeen={onSeen} />}
      {draft.other && <OtherDraft id={id} draft={draft} other={draft.other} />}
      {mute && <Unanswerable />}
      {draft.kind === 'reply' && limits?.resting && <RestLine rest={limits.resting} />}
      {chat && limits?.stopped && <StopLine conversation={conversation} stop={limits.stopped} />}
      {chat && limits && <WindowLine conversation={conversation} limits={limits} now={now} />}
      {chat && draft.replyTo && <ReplyTo conversation={id} message={draft.replyTo} />}
    </>
  )
}
