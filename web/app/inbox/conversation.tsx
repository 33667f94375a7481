import { useEffect, useState } from 'react'
import { conversations } from '#/api/inbox'
import { Problem } from '#/api/problem'
import type { Conversation } from '#/api/types'
import { loadConversation, openThread } from '#/live/load'
import type { Thread as Messages } from '#/live/state'
import { useInbox } from '#/live/store'
import { t } from '#/text/text'
import { Empty, Failed, Skeleton } from '#/ui/bits'
import { usePainted } from '#/ui/painted'
import { usePrefs } from '#/ui/prefs'
import { ClockChips } from './clock-chip'
import { Composer } from './composer'
import { isEmpty } from './draft'
import { ConversationHeader } from './header'
import { MovedLine } from './moved-line'
import { SidePanel } from './panel'
import { SpamLine } from './spam-line'
import { Thread } from './thread'
import { useDraft } from './use-draft'
import { useUnscheduled } from './use-unscheduled'

/** One conversation: who, what was said, the answer being written, and who this is. */
export default function ConversationPane({ id }: { id: string }) {
  const conversation = useInbox((state) => state.conversations.get(id))
  const [problem, setProblem] = useState<'missing' | 'failed' | null>(null)
  const [panelOver, setPanelOver] = useState(false)
  const panel = usePrefs().panel
  // What was said comes first; who it is comes as soon as that stands.
  const painted = usePainted(useInbox((state) => hasCome(state.threads.get(id))))
  // Once seen and now gone: it was handed to people whose conversations one may not see.
  const [seen, setSeen] = useState(false)
  if (conversation && !seen) setSeen(true)

  useEffect(() => {
    setProblem(null)
    loadConversation(id).catch((error) => {
      const missing = error instanceof Problem && (error.status === 404 || error.status === 403)
      setProblem(missing ? 'missing' : 'failed')
    })
    void openThread(id)
  }, [id])
  useViewing(id)
  useUnscheduled(id)

  if (!conversation) {
    if (seen || problem === 'missing') {
      return (
        <Empty icon="question" title={t('thread.missing')}>
          <p>{t('thread.missingHelp')}</p>
        </Empty>
      )
    }
    return (
      <div className="flex-1">
        {problem ? <Failed onRetry={() => void loadConversation(id)} /> : <Skeleton />}
      </div>
    )
  }
  return (
    <div className="relative flex min-w-0 flex-1">
      <section
        aria-label={conversation.contact_name || t('contact.nameless')}
        className="flex min-w-0 flex-1 flex-col"
      >
        <ConversationHeader conversation={conversation} onPanel={() => setPanelOver(!panelOver)} />
        <ClockChips conversation={conversation} />
        <Thread conversation={conversation} />
        {conversation.merged_into ? (
          <Merged key={id} conversation={conversation} into={conversation.merged_into} />
        ) : conversation.spam ? (
          <SpamLine conversation={conversation} />
        ) : (
          <Composer conversation={conversation} />
        )}
      </section>
      <SidePanel
        conversation={conversation}
        pinned={panel}
        over={panelOver}
        ready={painted}
        onClose={() => setPanelOver(false)}
      />
    </div>
  )
}

const hasCome = (thread: Messages | undefined): boolean => thread !== undefined && thread.state !== 'loading'

interface MergedProps {
  conversation: Conversation
  into: string
}

/** Where the talk of a merged conversation goes on, and what somebody was still writing here. */
function Merged({ conversation, into }: MergedProps) {
  // Read anew: the server may have taken it along. Letters that it has not got are still here.
  const draft = useDraft(conversation.id)
  return (
    <>
      <MovedLine into={into} />
      {!isEmpty(draft) && <Composer conversation={conversation} />}
    </>
  )
}

/** Who only passes by is not looking. */
const aGlance = 300

/** useViewing tells colleagues that somebody looks at this, for as long as the page is in sight. */
function useViewing(id: string): void {
  useEffect(() => {
    let told = false
    const tell = () => {
      if (document.hidden) return
      told = true
      conversations.viewing(id).catch(() => undefined)
    }
    const leave = () => {
      if (told) conversations.viewing(id, true).catch(() => undefined)
      told = false
    }
    const turn = () => (document.hidden ? leave() : tell())
    const glance = setTimeout(tell, aGlance)
    const timer = setInterval(tell, 20_000)
    document.addEventListener('visibilitychange', turn)
    addEventListener('pagehide', leave)
    return () => {
      clearTimeout(glance)
      clearInterval(timer)
      document.removeEventListener('visibilitychange', turn)
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [id])
}
