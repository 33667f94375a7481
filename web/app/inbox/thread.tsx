import { Fragment, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Conversation, Message } from '#/api/types'
import { loadThread } from '#/live/load'
import { inbox, useInbox } from '#/live/store'
import { useJump } from '#/search/use-jump'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { Failed, Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import { MailItem } from './mail/item'
import { isMail, MergedFrom } from './merged-from'
import { MessageItem } from './message'
import { Separators } from './thread-separators'
import { useKnownLimits } from './use-limits'
import { useOnwards } from './use-onwards'
import { near, useRead } from './use-read'
import { useShown } from './use-shown'
import { placeOf, useWoven } from './use-woven'

/** How far from an end of what is drawn more of it is drawn. */
const reach = 800

/**
 * The messages, oldest first, held at the end as long as the reader is there. Of a long thread the part around the reader
 * is drawn.
 */
export function Thread({ conversation }: { conversation: Conversation }) {
  const { id } = conversation
  const me = useMe().id
  const limits = useKnownLimits(id)
  const thread = useInbox((state) => state.threads.get(id))
  const visitor = useInbox((state) =>
    state.marks.find((mark) => mark.conversation === id && mark.what === 'typing' && mark.kind === 'visitor'),
  )
  // Only what waited when the conversation was opened is marked as new.
  const [firstUnread] = useState(() => {
    const read = conversation.read_seq ?? 0
    return conversation.seq > read ? read + 1 : 0
  })
  const scroller = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const lastTop = useRef(0)
  const [below, setBelow] = useState(0)
  const count = (thread?.items.length ?? 0) + (thread?.pending.length ?? 0)
  const empty = count === 0
  const lastId = thread?.pending.at(-1)?.id ?? thread?.items.at(-1)?.id
  const lastSeq = thread?.items.at(-1)?.seq ?? 0
  const woven = useWoven(id, thread)
  const shown = useShown(woven.places)
  useRead(id, shown.end ? lastSeq : 0, scroller)
  useJump(id, scroller, (seq) => {
    atEnd.current = false
    if (woven.parts.length > 0) shown.around(woven.places, placeOf(id, seq, woven.parts))
    else shown.around(inbox.state.threads.get(id)?.items ?? [], seq)
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every message that comes
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || !lastId) return
    if (lastId.startsWith('local:')) toEnd()
    else if (atEnd.current) element.scrollTop = element.scrollHeight
    else setBelow((n) => n + 1)
  }, [lastId])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list exists once there is something in it
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    // Pictures and the keyboard of a phone change the height after the fact.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    return () => observer.disconnect()
  }, [empty])

  // Nobody has moved yet in what was just opened.
  useOnwards(scroller, `${woven.items[0]?.id} ${shown.from}`, lastTop.current ? reach : 0, onScroll)

  function toEnd(): void {
    atEnd.current = true
    shown.toEnd()
    // Where it is drawn already nothing is drawn anew.
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight
  }

  function onScroll(): void {
    const element = scroller.current
    if (!element) return
    const beyond = element.scrollHeight - element.scrollTop - element.clientHeight
    // Only moving up leaves the end: what grows below the reader, as mails do, does not.
    if (shown.end && beyond < near) {
      atEnd.current = true
      setBelow(0)
    } else if (element.scrollTop < lastTop.current - 1) atEnd.current = false
    // At 0 the browser keeps nothing in its place.
    if (element.scrollTop === 0 && (shown.from > 0 || thread?.older)) element.scrollTop = 1
    lastTop.current = element.scrollTop
    if (beyond < reach && !shown.end) shown.down()
    else if (element.scrollTop < reach && !shown.up()) woven.loadOlder()
  }

  if (thread?.state === 'error') {
    return (
      <div className="flex flex-1">
        <Failed onRetry={() => void loadThread(id)} />
      </div>
    )
  }
  if (!thread || thread.state === 'loading') {
    return (
      <div className="flex-1 overflow-hidden pt-4">
        <Skeleton rows={4} />
      </div>
    )
  }
  const all = [...woven.items, ...thread.pending]
  const drawn = all.slice(shown.from, shown.end ? undefined : shown.to)
  return (
    <div className="relative min-h-0 flex-1">
      <div ref={scroller} role="log" onScroll={onScroll} tabIndex={-1} className="scroller h-full">
        <ol
          aria-label={t('thread.messages')}
          className="mx-auto flex min-h-full max-w-3xl flex-col justify-end px-4 py-4"
        >
          {drawn
            .map((message, nth) => [message, shown.from + nth] as const)
            .map(([message, index]) => (
              <Fragment key={message.client_id || message.id}>
                <Separators
                  message={message}
                  before={all[index - 1]}
                  firstUnread={message.conversation_id === id ? firstUnread : 0}
                />
                <MergedFrom
                  message={message}
                  before={all[index - 1]}
                  own={conversation}
                  parts={woven.parts}
                />
                {isMail(message, conversation, woven.parts) && message.kind === 'message' ? (
                  <MailItem message={message} subjectBefore={subjectBefore(all, index)} />
                ) : (
                  <MessageItem
                    message={message}
                    joined={isJoined(message, all[index - 1])}
                    me={me}
                    // What was written elsewhere is answered here, and changed where it was written.
                    limits={message.conversation_id === id ? limits : undefined}
                  />
                )}
              </Fragment>
            ))}
          {visitor && shown.end && (
            <li className="mt-2 max-w-[80%] self-start rounded-xl border border-line border-dashed px-3.5 py-2 text-muted">
              <span className="animate-breathe">{visitor.text || t('thread.visitorTyping')}</span>
            </li>
          )}
        </ol>
      </div>
      {below > 0 && (
        <Button
          small
          icon="down"
          className="absolute inset-x-0 bottom-3 mx-auto w-fit rounded-full! shadow-pop"
          onClick={toEnd}
        >
          {t('thread.newBelow', { n: below })}
        </Button>
      )}
    </div>
  )
}

/** Lines of one author within five minutes stand together under one name. */
function isJoined(message: Message, before: Message | undefined): boolean {
  if (!before || before.kind !== message.kind || before.direction !== message.direction) return false
  if (before.author?.id !== message.author?.id || message.kind === 'system') return false
  if (before.conversation_id !== message.conversation_id) return false
  return Date.parse(message.created_at) - Date.parse(before.created_at) < 5 * 60_000
}

/** subjectBefore is the subject that the reader has last seen above a mail. */
function subjectBefore(all: Message[], index: number): string | undefined {
  return all.findLast((message, at) => at < index && message.kind === 'message' && message.subject)?.subject
}
