import { useQuery } from '@tanstack/react-query'
import { conversations } from '#/api/inbox'
import type { Conversation, Limits } from '#/api/types'
import { useInbox } from '#/live/store'

/** useLimits is what can be sent in a conversation. Who wrote last decides whom an answer goes to, and until when. */
export function useLimits(conversation: Conversation): Limits | undefined {
  const { id, last_inbound_at } = conversation
  return useQuery({
    queryKey: ['limits', id, last_inbound_at],
    queryFn: () => conversations.limits(id),
    staleTime: 60_000,
    placeholderData: (old) => old,
  }).data
}

/** useKnownLimits is the same for a part of the page that knows the conversation by its id alone. */
export function useKnownLimits(id: string): Limits | undefined {
  const last = useInbox((state) => state.conversations.get(id)?.last_inbound_at)
  return useQuery({
    queryKey: ['limits', id, last],
    queryFn: () => conversations.limits(id),
    staleTime: 60_000,
    enabled: last !== undefined,
    placeholderData: (old) => old,
  }).data
}
