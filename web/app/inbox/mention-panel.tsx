import { useId } from 'react'
import { useAgents } from '#/api/queries'
import type { Agent, Conversation } from '#/api/types'
import { useMe } from '#/shell/session'
import { listed, t } from '#/text/text'
import { Avatar } from '#/ui/bits'
import { Icon } from '#/ui/icons'
import { named, sees } from './mention-match'
import { useSuggests } from './suggests'
import type { Mentions } from './use-mentions'

/** Whom an @ may mean, above the note that is being written. The note keeps the focus. */
export function MentionPanel({ mentions, conversation }: { mentions: Mentions; conversation: Conversation }) {
  const { list, at, setAt, choose } = mentions
  const id = useId()
  useSuggests(id, list[at] && id + list[at].id)
  if (list.length === 0) return null
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('mention.whom')}
      data-testid="mention-panel"
      className="scroller mx-2 mt-2 max-h-56 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-text shadow-pop"
    >
      {list.map((agent, index) => (
        <button
          key={agent.id}
          id={id + agent.id}
          tabIndex={-1}
          type="button"
          role="option"
          aria-selected={index === at}
          // The cursor stays in the note.
          onMouseDown={(event) => event.preventDefault()}
          onMouseMove={() => index !== at && setAt(index)}
          onClick={() => choose(agent)}
          className={`flex min-h-9 w-full items-center gap-2 rounded-md px-2.5 py-1 text-start ${index === at ? 'bg-hover' : ''}`}
        >
          <Avatar name={agent.name} size="sm" />
          <span dir="auto" className="min-w-0 truncate">
            {agent.name}
          </span>
          {!sees(agent, conversation) && (
            <span className="ms-auto shrink-0 text-warn text-xs">{t('mention.unseen')}</span>
          )}
        </button>
      ))}
    </div>
  )
}

/** Says whom a note names in vain: who may not see the conversation is not told. */
export function UnseenLine({ text, conversation }: { text: string; conversation: Conversation }) {
  const agents = useAgents()
  const me = useMe().id
  const ids = new Set(named(text, agents).flatMap((one) => one.people))
  const blind = agents.filter(
    (agent: Agent) => ids.has(agent.id) && agent.id !== me && !agent.disabled && !sees(agent, conversation),
  )
  if (blind.length === 0) return null
  return (
    <p role="status" className="flex items-center gap-1.5 px-3.5 py-1 text-sm text-warn">
      <Icon name="alert" className="size-4! shrink-0" />
      {t('mention.unseenNamed', { names: listed(blind.map((agent) => agent.name)) })}
    </p>
  )
}
