import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { joined } from '#/api/joined'
import type { ID, Message } from '#/api/types'
import { hold } from '#/live/kept'
import { loadOlder, openThread } from '#/live/load'
import type { Thread } from '#/live/state'
import { inbox, useInbox } from '#/live/store'
import { type Part, placed, weave } from './weave'

const none: Message[] = []
const noParts: Part[] = []

/**
 * useWoven is a conversation together with those that became part of it, read as one talk. Where there are none it is the
 * conversation's own messages.
 */
export function useWoven(id: ID, own: Thread | undefined) {
  const parts: Part[] = useQuery({ queryKey: ['joined', id], queryFn: () => joined.list(id) }).data ?? noParts
  const last = useRef<(Thread | undefined)[]>([])
  const states = useInbox((state) => {
    const next = parts.map((part) => state.threads.get(part.id))
    const same =
      next.length === last.current.length && next.every((thread, at) => thread === last.current[at])
    if (!same) last.current = next
    return last.current
  })
  useEffect(() => hold(parts.map((part) => part.id)), [parts])
  useEffect(() => {
    for (const [at, part] of parts.entries()) if (!states[at]) void openThread(part.id)
  }, [parts, states])
  return useMemo(() => {
    const ready = parts.flatMap((part, at) => {
      const thread = states[at]
      return thread?.state === 'ready' ? [{ id: part.id, thread }] : []
    })
    const items = own?.items ?? none
    if (!own || ready.length === 0)
      return {
        items,
        places: items,
        parts: noParts,
        loadOlder: () => {
          if (own?.older) void loadOlder(id)
        },
      }
    const woven = weave([{ id, thread: own }, ...ready])
    return {
      items: woven.items,
      places: placed(woven.items),
      parts,
      loadOlder: () => {
        for (const one of woven.older) void loadOlder(one)
      },
    }
  }, [id, own, parts, states])
}

/** placeOf is where a message of a conversation stands among all that are shown. */
export function placeOf(id: ID, seq: number, parts: Part[]): number {
  if (parts.length === 0) return seq
  const message = inbox.state.threads.get(id)?.items.find((one) => one.seq === seq)
  return message ? Date.parse(message.created_at) : 0
}
