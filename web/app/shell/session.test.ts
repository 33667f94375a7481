import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { call } from '#/api/http'
import { session as api } from '#/api/people'
import { Problem } from '#/api/problem'
import type { Session } from '#/api/types'
import { startLive } from '#/live/leader'
import { inbox } from '#/live/store'
import { conversation } from '#/test/fixtures'
import { say, undoLast } from '#/ui/toast'
import { followWindows, getSession, leave, recognise, signedIn, signOut } from './session'
import type { Word } from './windows'

vi.mock('#/api/people', () => ({ session: { get: vi.fn(), signOut: vi.fn(async () => undefined) } }))
vi.mock('#/live/leader', () => ({ startLive: vi.fn(() => () => undefined) }))
vi.mock('#/text/text', () => ({
  currentLanguage: () => 'en',
  loadCatalogue: vi.fn(),
  t: (key: string) => key,
}))

const of = (id: string) => ({ csrf_token: `token of ${id}`, agent: { id, language: 'en' } }) as Session

let queries: QueryClient

/** Ann's page, with what she alone may see on it; her session has ended. */
async function annsPage(): Promise<void> {
  await signedIn(of('ann'), queries)
  queries.setQueryData(['api-keys'], ['hers'])
  inbox.state.conversations.set('1', conversation('1'))
  vi.mocked(startLive).mock.lastCall?.[0].onSignedOut()
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('localStorage', { setItem: () => undefined })
  vi.stubGlobal('document', { hidden: true })
  queries = new QueryClient()
})
afterEach(() => {
  leave(queries)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a page whose session has ended goes on when the same person has signed in elsewhere', async () => {
  await annsPage()
  vi.mocked(api.get).mockResolvedValueOnce(of('ann'))
  await recognise(queries)
  expect(getSession()?.agent.id).toBe('ann')
  expect(queries.getQueryData(['api-keys'])).toEqual(['hers'])
  expect(inbox.state.conversations.size).toBe(1)
})

test('it never becomes somebody else’s who has signed in elsewhere', async () => {
  await annsPage()
  vi.mocked(api.get).mockResolvedValueOnce(of('bob'))
  await recognise(queries)
  expect(getSession()).toBeNull()
  expect(queries.getQueryCache().getAll()).toEqual([])
  expect([inbox.state.me, inbox.state.conversations.size]).toEqual(['', 0])
})

test('nor does a page that is told to look anew who is signed in', async () => {
  await signedIn(of('ann'), queries)
  queries.setQueryData(['api-keys'], ['hers'])
  vi.mocked(api.get).mockResolvedValueOnce(of('bob'))
  vi.mocked(startLive).mock.lastCall?.[0].onEvent({ event: 'reset', id: '9', data: {} })
  await vi.waitFor(() => expect(getSession()).toBeNull())
  expect(queries.getQueryCache().getAll()).toEqual([])
})

test('whoever signs in on the page of another finds nothing of theirs on it', async () => {
  await annsPage()
  say('closed', { undo: () => undefined })
  await signedIn(of('bob'), queries)
  expect(queries.getQueryData(['api-keys'])).toBeUndefined()
  expect([inbox.state.me, inbox.state.conversations.size]).toEqual(['bob', 0])
  expect(undoLast()).toBe(false)
})

test('what was on its way when its person left is answered to nobody', async () => {
  let answer: (response: Response) => void = () => undefined
  vi.stubGlobal('fetch', () => new Promise((resolve) => (answer = resolve)))
  await signedIn(of('ann'), queries)
  const asked = call('PATCH', '/contacts/1')
  leave(queries)
  await signedIn(of('bob'), queries)
  answer(new Response('{}'))
  await expect(asked).rejects.toMatchObject({ code: 'left' })
})

test('without an answer the page stays as it is', async () => {
  await annsPage()
  vi.mocked(api.get).mockRejectedValueOnce(new Problem(0, {}))
  await expect(recognise(queries)).rejects.toThrow()
  expect(getSession()?.agent.id).toBe('ann')
})

describe('with another window of the same browser', () => {
  let told: Word[]
  let hear: (word: Word) => void
  beforeEach(() => {
    told = []
    vi.stubGlobal(
      'BroadcastChannel',
      class {
        onmessage: (event: { data: Word }) => void = () => undefined
        constructor() {
          hear = (data) => this.onmessage({ data })
        }
        postMessage(word: Word): void {
          told.push(word)
        }
      },
    )
    followWindows(queries, () => undefined)
  })

  test('a page shows nothing more of its person once somebody else signs in there', async () => {
    await signedIn(of('ann'), queries)
    queries.setQueryData(['api-keys'], ['hers'])
    inbox.state.conversations.set('1', conversation('1'))
    say('closed', { undo: () => undefined })
    hear({ kind: 'in', id: 'bob' })
    expect(getSession()).toBeNull()
    expect(queries.getQueryCache().getAll()).toEqual([])
    expect([inbox.state.me, inbox.state.conversations.size]).toEqual(['', 0])
    expect(undoLast()).toBe(false)
  })

  test('nor once its person signs out there', async () => {
    await signedIn(of('ann'), queries)
    hear({ kind: 'out', id: 'ann' })
    expect([getSession(), inbox.state.me]).toEqual([null, ''])
  })

  test('it goes on when its person has signed in there anew', async () => {
    await annsPage()
    vi.mocked(api.get).mockResolvedValueOnce({ ...of('ann'), csrf_token: 'the new one' })
    hear({ kind: 'in', id: 'ann' })
    await vi.waitFor(() => expect(getSession()?.csrf_token).toBe('the new one'))
    expect(queries.getQueryData(['api-keys'])).toEqual(['hers'])
  })

  test('it tells who signs in and out here', async () => {
    await signedIn(of('ann'), queries)
    await signOut(queries)
    expect(told).toEqual([
      { kind: 'in', id: 'ann' },
      { kind: 'out', id: 'ann' },
    ])
    expect(getSession()).toBeNull()
  })
})
