import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '#/api/problem'
import type { Draft, NewDraft } from '#/api/types'
import { createDrafts } from './draft'

const now = '2026-03-02T10:00:00Z'
const none: Draft = { kind: 'reply', text: '', attachments: [], version: 0, updated_at: null }

/** A server that keeps one draft and refuses stale versions, and a browser's shelf. */
function fake() {
  const shelf = new Map<string, string>()
  const server = { draft: null as Draft | null, down: false }
  const api = {
    get: async () => {
      if (server.down) throw new Problem(0, {})
      return server.draft ?? none
    },
    put: async (_: string, body: NewDraft) => {
      if (server.down) throw new Problem(0, {})
      if ((server.draft?.version ?? 0) !== body.version) throw new Problem(409, {})
      server.draft = { ...body, version: body.version + 1, updated_at: now }
      return server.draft
    },
    remove: async () => {
      server.draft = null
    },
  }
  const storage = {
    getItem: (key: string) => shelf.get(key) ?? null,
    setItem: (key: string, value: string) => void shelf.set(key, value),
    removeItem: (key: string) => void shelf.delete(key),
  }
  return {
    server,
    shelf,
    make: (owner = 'me') =>
      createDrafts(
        api,
        () => storage,
        () => owner,
        700,
      ),
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('letters are on the shelf at once and on the server a moment later', async () => {
  const { server, shelf, make } = fake()
  const drafts = make()
  drafts.edit('1', { text: 'Hel' })
  expect(shelf.size).toBe(1)
  expect(server.draft).toBeNull()
  drafts.edit('1', { text: 'Hello' })
  await vi.advanceTimersByTimeAsync(700)
  expect(server.draft?.text).toBe('Hello')
  expect(shelf.size).toBe(0)
})

test('a crash loses nothing: the shelf wins over an older server copy', async () => {
  const { server, make } = fake()
  server.draft = { kind: 'reply', text: 'Hel', attachments: [], version: 1, updated_at: now }
  server.down = true
  make().edit('1', { text: 'Hello' })
  server.down = false
  const again = make()
  await again.open('1')
  expect(again.get('1').text).toBe('Hello')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(server.draft?.text).toBe('Hello')
})

test('another browser shows what was left', async () => {
  const { server, make } = fake()
  server.draft = { kind: 'note', text: 'Later', attachments: ['f1'], version: 4, updated_at: now }
  const drafts = make()
  await drafts.open('1')
  expect(drafts.get('1')).toMatchObject({ kind: 'note', text: 'Later', version: 4, dirty: false })
  expect(drafts.get('1').attachments[0]?.id).toBe('f1')
})

test('where there is none, what was chosen here stays', async () => {
  const { make } = fake()
  const drafts = make()
  drafts.edit('1', { kind: 'note' })
  await vi.advanceTimersByTimeAsync(700)
  await drafts.open('1')
  expect(drafts.get('1')).toMatchObject({ kind: 'note', text: '', version: 0, dirty: false })
})

test('a draft sent elsewhere is gone here too', async () => {
  const { server, make } = fake()
  server.draft = { kind: 'reply', text: 'Hello', attachments: [], version: 2, updated_at: now }
  const drafts = make()
  await drafts.open('1')
  server.draft = null
  await drafts.open('1')
  expect(drafts.get('1')).toMatchObject({ text: '', version: 0 })
})

test('a stale version keeps this text and sets the other aside', async () => {
  const { server, make } = fake()
  const drafts = make()
  drafts.edit('1', { text: 'mine' })
  server.draft = { kind: 'reply', text: 'theirs', attachments: [], version: 3, updated_at: now }
  await vi.advanceTimersByTimeAsync(2_000)
  expect(server.draft?.text).toBe('mine')
  expect(drafts.get('1')).toMatchObject({ text: 'mine', other: 'theirs', dirty: false })
})

test('without a connection it keeps trying', async () => {
  const { server, make } = fake()
  server.down = true
  const drafts = make()
  drafts.edit('1', { text: 'x' })
  await vi.advanceTimersByTimeAsync(10_000)
  server.down = false
  await vi.advanceTimersByTimeAsync(4_000)
  expect(server.draft?.text).toBe('x')
})

test('a sent draft is gone here and there', async () => {
  const { server, shelf, make } = fake()
  const drafts = make()
  drafts.edit('1', { text: 'x' })
  await vi.advanceTimersByTimeAsync(700)
  drafts.clear('1')
  await vi.advanceTimersByTimeAsync(700)
  expect([drafts.get('1').text, server.draft, shelf.size]).toEqual(['', null, 0])
})

test('two people in one browser do not see each other’s drafts', () => {
  const { make } = fake()
  make('anna').edit('1', { text: 'secret' })
  const boris = make('boris')
  void boris.open('1')
  expect(boris.get('1').text).toBe('')
})
