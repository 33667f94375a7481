import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { setCaller } from '#/api/http'
import { session as api } from '#/api/people'
import { Problem } from '#/api/problem'
import type { Agent, Session } from '#/api/types'
import { expireMarks } from '#/live/change'
import { applyEvent, reconnected } from '#/live/feed'
import { startLive } from '#/live/leader'
import { inbox } from '#/live/store'
import { currentLanguage, loadCatalogue } from '#/text/text'
import { dismissAll } from '#/ui/toast'
import { createWindows, type Word } from './windows'

let current: Session | null = null
/** The server knows the session no more; the person is asked to sign in again where they are. */
let ended = false
let stopLive = () => {}
let windows: ReturnType<typeof createWindows> | undefined
const listeners = new Set<() => void>()

function set(next: Session | null): void {
  current = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function getSession(): Session | null {
  return current
}

export function useSession(): Session | null {
  return useSyncExternalStore(subscribe, getSession)
}

export function useEnded(): boolean {
  return useSyncExternalStore(subscribe, () => ended)
}

/** useMe is the signed-in agent; every screen behind the gate has one. */
export function useMe(): Agent {
  const session = useSession()
  if (!session) throw new Error('no session on a page behind the gate')
  return session.agent
}

/** followWindows takes part in what the windows of this browser tell each other; `open` leaves the sign-in page. */
export function followWindows(queries: QueryClient, open: () => void): void {
  const channel = new BroadcastChannel('parley-who')
  const taking = createWindows((word) => channel.postMessage(word), {
    me: () => current?.agent.id ?? '',
    ended: () => ended,
    leave: () => leave(queries),
    goOn: () => void recognise(queries).catch(() => undefined),
    open,
  })
  channel.onmessage = ({ data }: MessageEvent<Word>) => taking.hear(data)
  windows = taking
}

/** signedIn goes on with a session that was begun here, and tells the other windows whose it is. */
export async function signedIn(session: Session, queries: QueryClient): Promise<void> {
  // Told first: their cookie is this person's from now on.
  windows?.tell('in', session.agent.id)
  await enter(session, queries)
}

/** signOut ends the session, here and in the other windows. */
export async function signOut(queries: QueryClient): Promise<void> {
  const id = current?.agent.id
  // Without an answer the cookie may stand, but who asked for this is not to be seen any more.
  await api.signOut().catch(() => undefined)
  leave(queries)
  if (id) windows?.tell('out', id)
}

/** enter makes a session current: its language, its token, its live stream. */
async function enter(session: Session, queries: QueryClient): Promise<void> {
  // Nothing of one person's is shown to another, or done in their name.
  if (current && current.agent.id !== session.agent.id) leave(queries)
  const { agent } = session
  setCaller({
    person: agent.id,
    csrf: session.csrf_token,
    language: agent.language,
    onSignedOut: expire,
  })
  localStorage.setItem('parley.language', session.agent.language)
  if (session.agent.language !== currentLanguage()) await loadCatalogue(session.agent.language)
  if (current?.agent.id !== session.agent.id) {
    inbox.clear()
    inbox.change((state) => {
      state.me = session.agent.id
    })
    listen(session.agent.id, queries)
  } else if (ended) {
    // What happened meanwhile is read anew.
    listen(session.agent.id, queries)
    void queries.invalidateQueries()
  }
  ended = false
  set(session)
}

/** expire keeps the page as it is, with everything typed, until its person has signed in again. */
function expire(): void {
  if (!current || ended) return
  ended = true
  stopLive()
  set(current)
}

function listen(me: string, queries: QueryClient): void {
  stopLive()
  let wasLost = false
  const marks = setInterval(() => inbox.state.marks.length > 0 && inbox.change((s) => expireMarks(s)), 1_000)
  const stop = startLive({
    scope: me,
    open: (lastId, signal) =>
      fetch(`/api/v1/events${lastId ? `?last_event_id=${encodeURIComponent(lastId)}` : ''}`, {
        headers: { Accept: 'text/event-stream' },
        signal,
      }),
    onEvent: (event) => {
      applyEvent(event, queries)
      if (event.event === 'presence') presentAs(event.data)
      // A reset may mean that one's rights changed.
      if (event.event === 'reset') void refresh(queries)
    },
    onState: (link) => {
      if (link === 'lost') wasLost = true
      else if (link === 'open' && wasLost) {
        wasLost = false
        reconnected(queries)
      }
      inbox.change((state) => {
        state.link = link
      })
    },
    onSignedOut: expire,
  })
  stopLive = () => {
    clearInterval(marks)
    stop()
  }
}

/** presentAs shows that one's own presence changed elsewhere: at another computer, or by itself. */
function presentAs(data: unknown): void {
  const told = (data ?? {}) as { agent_id?: string; presence?: Agent['presence']; object?: unknown }
  const { agent_id, presence } = { ...told, ...(told.object as typeof told | undefined) }
  if (!current || agent_id !== current.agent.id || !presence) return
  set({ ...current, agent: { ...current.agent, presence } })
}

/** refresh reads again who is signed in: role, teams and language may have changed. */
async function refresh(queries: QueryClient): Promise<void> {
  try {
    await recognise(queries)
  } catch (error) {
    if (error instanceof Problem && error.status === 401) expire()
  }
}

/**
 * recognise goes on with the session that another tab may have begun meanwhile, if it is the same person's. If it
 * is somebody else's, this page is left: whoever that is begins anew at the gate.
 */
export async function recognise(queries: QueryClient): Promise<void> {
  const found = await api.get()
  if (current && current.agent.id !== found.agent.id) leave(queries)
  else await enter(found, queries)
}

/** leave forgets the person; the gate shows the sign-in page. */
export function leave(queries: QueryClient): void {
  if (!current) return
  stopLive()
  stopLive = () => {}
  setCaller({ person: '', csrf: '' })
  queries.clear()
  inbox.clear()
  dismissAll()
  ended = false
  set(null)
}

/** resume asks whether the cookie still stands for somebody. */
export async function resume(queries: QueryClient): Promise<boolean> {
  if (current) return true
  try {
    const found = await api.get()
    await enter(found, queries)
    windows?.tell('found', found.agent.id)
    return true
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return false
    throw error
  }
}

/** updateMe shows a change of one's own profile at once, the language included. */
export async function updateMe(agent: Agent, queries: QueryClient): Promise<void> {
  if (current) await enter({ ...current, agent }, queries)
}
