import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '#/api/problem'
import type { Draft, NewDraft } from '#/api/types'
import { createDrafts } from './draft'

const now = '2026-03-02T10:00:00Z'
const none: Draft = {
  kind: 'reply',
  text: '',
  html: '',
  mail: null,
  reply_to: null,
  buttons: [],
  attachments: [],
  version: 0,
  updated_at: null,
}

/** A server that keeps one draft and refuses stale versions, and a browser's shelf. */
function fake() {
  const shelf = new Map<string, string>()
  const server = {
    draft: null as Draft | null,
    last: 0,
    kept: 0,
    down: false,
    slow: Promise.resolve(),
    slowSave: Promise.resolve(),
    slowAnswer: Promise.resolve(),
  }
  /** The answer is stored, and with it goes the draft that it names. */
  const stores = (version: number) => {
    if (server.draft?.version === version) server.draft = null
  }
  const api = {
    get: async () => {
      if (server.down) throw new Problem(0, {})
      const found = server.draft ?? none
      await server.slow
      return found
    },
    put: async (_: string, body: NewDraft) => {
      if (server.down) throw new Problem(0, {})
      await server.slowSave
      if (server.draft && server.draft.version !== body.version) throw new Problem(409, {})
      server.draft = { ...body, version: Math.max(server.last, body.version) + 1, updated_at: now }
      server.last = server.draft.version
      server.kept += 1
      const stored = server.draft
      await server.slowAnswer
      return stored
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
    stores,
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

test('what the server said before the first letters were saved does not wipe them out', async () => {
  const { server, make } = fake()
  const drafts = make()
  let answer = () => {}
  server.slow = new Promise((done) => {
    answer = done
  })
  const opened = drafts.open('1')
  drafts.edit('1', { text: 'Yes, in red' })
  await vi.advanceTimersByTimeAsync(700)
  expect(server.draft?.text).toBe('Yes, in red')
  answer()
  await opened
  expect(drafts.get('1').text).toBe('Yes, in red')
})

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
  server.draft = { ...none, text: 'Hel', version: 1 }
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
  server.draft = { ...none, kind: 'note', text: 'Later', attachments: ['f1'], version: 4 }
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

test('leaving the page while it is being saved asks once', async () => {
  const { server, shelf, make } = fake()
  const drafts = make()
  drafts.edit('1', { text: 'Hel' })
  const first = drafts.save('1')
  drafts.edit('1', { text: 'Hello' })
  await Promise.all([first, drafts.save('1')])
  expect(server.draft).toMatchObject({ text: 'Hel', version: 1 })
  await vi.advanceTimersByTimeAsync(700)
  expect(server.draft).toMatchObject({ text: 'Hello', version: 2 })
  expect(shelf.size).toBe(0)
})

test('a draft sent elsewhere is gone here too', async () => {
  const { server, make } = fake()
  server.draft = { ...none, text: 'Hello', version: 2 }
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
  server.draft = { ...none, text: 'theirs', version: 3 }
  await vi.advanceTimersByTimeAsync(2_000)
  expect(server.draft?.text).toBe('mine')
  expect(drafts.get('1')).toMatchObject({
    text: 'mine',
    other: { text: 'theirs', html: '' },
    dirty: false,
  })
})

test('a mail keeps its words, its recipients and its subject; a note lies beside it', async () => {
  const { server, make } = fake()
  const mail = {
    mode: 'reply_all' as const,
    to: [{ name: 'Anna', address: 'anna@example.org' }],
    cc: [],
    bcc: [],
    subject: 'Re: Order',
    from: '',
    about: null,
  }
  make().edit('1', { html: '<p>Hello</p>', text: 'a note', mail })
  await vi.advanceTimersByTimeAsync(700)
  const again = make()
  await again.open('1')
  expect(again.get('1')).toMatchObject({ html: '<p>Hello</p>', text: 'a note', mail, dirty: false })
  expect(server.draft?.mail).toEqual(mail)
})

test('pictures in the text are kept with the draft and are no attachments', async () => {
  const { server, make } = fake()
  make().edit('1', { html: '<p><img src="x" data-file="7"></p>', attachments: [] })
  await vi.advanceTimersByTimeAsync(700)
  expect(server.draft?.attachments).toEqual(['7'])
  const again = make()
  await again.open('1')
  expect(again.get('1').attachments).toEqual([])
})

test('a signature alone is nothing to keep', async () => {
  const { server, make } = fake()
  const drafts = make()
  drafts.edit('1', { html: '<div></div><section class="parley-signature"><div>Anna</div></section>' })
  await vi.advanceTimersByTimeAsync(700)
  expect(server.draft).toBeNull()
  expect(drafts.get('1').dirty).toBe(false)
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
  const { server, stores, shelf, make } = fake()
  const drafts = make()
  drafts.edit('1', { text: 'x' })
  await vi.advanceTimersByTimeAsync(700)
  const { version } = drafts.get('1')
  drafts.clear('1')
  stores(version)
  await vi.advanceTimersByTimeAsync(700)
  expect([drafts.get('1').text, server.draft, shelf.size]).toEqual(['', null, 0])
})

test.each([
  ['an answer that leaves late takes no draft along that was begun after it', false],
  ['what is begun after an answer is a draft of its own', true],
])('%s', async (_, atOnce) => {
  const { server, stores, make } = fake()
  const drafts = make()
  drafts.edit('1', { text: 'We deliver by ferry' })
  await vi.advanceTimersByTimeAsync(700)
  const { version } = drafts.get('1')
  drafts.clear('1')
  if (atOnce) stores(version)
  drafts.edit('1', { text: 'And the postage is' })
  await vi.advanceTimersByTimeAsync(700)
  stores(version)
  expect(server).toMatchObject({ draft: { text: 'And the postage is' }, kept: 2 })
  expect(drafts.get('1')).toMatchObject({ dirty: false, other: null })
})

test('what waits to leave is not offered again', async () => {
  const { server, stores, make } = fake()
  const drafts = make()
  drafts.edit('1', { kind: 'note', text: 'By ferry' })
  await vi.advanceTimersByTimeAsync(700)
  const { version } = drafts.get('1')
  drafts.clear('1')
  await drafts.open('1')
  expect(drafts.get('1').text).toBe('')
  const reloaded = make()
  reloaded.leaves('1', version)
  await reloaded.open('1')
  expect(reloaded.get('1')).toMatchObject({ text: '', version })
  stores(version)
  await drafts.open('1')
  expect(drafts.get('1')).toMatchObject({ kind: 'note', text: '' })
  expect(server.draft).toBeNull()
})

test('what was still being saved when it was sent does not stay behind', async () => {
  const { server, stores, make } = fake()
  const drafts = make()
  let through = () => {}
  server.slowSave = new Promise((done) => {
    through = done
  })
  drafts.edit('1', { text: 'By ferry' })
  await vi.advanceTimersByTimeAsync(700)
  drafts.clear('1')
  stores(0)
  through()
  await vi.advanceTimersByTimeAsync(0)
  expect(server).toMatchObject({ draft: null, kept: 1 })
})

test('nor does what came although its answer was lost', async () => {
  const { server, stores, make } = fake()
  const drafts = make()
  let lose = () => {}
  server.slowAnswer = new Promise((_, fail) => {
    lose = () => fail(new Problem(0, {}))
  })
  drafts.edit('1', { text: 'By ferry' })
  await vi.advanceTimersByTimeAsync(700)
  drafts.clear('1')
  stores(0)
  lose()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(server).toMatchObject({ draft: null, kept: 1 })
  expect(drafts.get('1').dirty).toBe(false)
})

test('two people in one browser do not see each other’s drafts', () => {
  const { make } = fake()
  make('anna').edit('1', { text: 'secret' })
  const boris = make('boris')
  void boris.open('1')
  expect(boris.get('1').text).toBe('')
})
