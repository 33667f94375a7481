import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { conversations } from '#/api/inbox'
import { invitations } from '#/api/people'
import { useAgents } from '#/api/queries'
import { accounts } from '#/api/records'
import type { Account, Agent, Conversation, ID } from '#/api/types'
import { useInbox } from '#/live/store'
import { setPrefs, usePrefs } from '#/ui/prefs'
import { useSession } from './session'

export type StepId = 'channel' | 'hello' | 'answer' | 'invite'

export interface Step {
  id: StepId
  done: boolean
}

/** What the first steps are judged by. */
export interface Progress {
  accounts: readonly Pick<Account, 'id'>[]
  conversations: readonly Pick<Conversation, 'created_at' | 'waiting_since' | 'last_message'>[]
  agents: readonly Pick<Agent, 'id'>[]
  invited: number
}

/** stepsOf says how far a new hub has come, by what is there and by nothing that would have to be remembered. */
export function stepsOf(progress: Progress): Step[] {
  return [
    { id: 'channel', done: progress.accounts.length > 0 },
    { id: 'hello', done: progress.conversations.length > 0 },
    { id: 'answer', done: progress.conversations.some(answered) },
    { id: 'invite', done: progress.agents.length > 1 || progress.invited > 0 },
  ]
}

/** Our words are the last, or what waits now came after something that has its answer. */
function answered(one: Progress['conversations'][number]): boolean {
  if (one.last_message?.direction === 'outbound') return true
  return Boolean(one.last_message && one.waiting_since && one.waiting_since > one.created_at)
}

/**
 * useFirstSteps are an administrator's first steps; null once they are done or hidden, and for everybody else. After that
 * nothing is asked of the server.
 */
export function useFirstSteps(): { steps: Step[]; newest: ID | null } | null {
  const role = useSession()?.agent.role
  const wanted = usePrefs().firstSteps && role === 'admin'
  const counts = useInbox((state) => `${state.counts?.all} ${state.counts?.unanswered}`)
  const connected = useQuery({ queryKey: ['accounts'], queryFn: accounts.list, enabled: wanted })
  const recent = useQuery({
    queryKey: ['conversations', 'first steps', counts],
    queryFn: ({ signal }) => conversations.list({ limit: 20 }, signal),
    placeholderData: (old) => old,
    enabled: wanted,
  })
  const invited = useQuery({ queryKey: ['invitations'], queryFn: invitations.list, enabled: wanted })
  const agents = useAgents()
  const known = wanted && connected.data && recent.data && invited.data && agents.length > 0
  const steps = known
    ? stepsOf({
        accounts: connected.data.items,
        conversations: recent.data.items,
        agents,
        invited: invited.data.items.length,
      })
    : []
  const finished = steps.length > 0 && steps.every((step) => step.done)
  useEffect(() => {
    if (finished) setPrefs({ firstSteps: false })
  }, [finished])
  if (steps.length === 0 || finished) return null
  return { steps, newest: recent.data?.items[0]?.id ?? null }
}
