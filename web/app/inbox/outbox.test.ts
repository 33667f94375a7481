import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '#/api/problem'
import type { Message, NewMessage } from '#/api/types'
import { message } from '#/test/fixtures'
import { emptyDraft } from './draft'
import { createOutbox, type Fate, type Parcel } from './outbox'

/** A server that keeps what it is sent once per key, behind a line that can be cut before or after it. */
function fake() {
  const stored: NewMessage[] = []
  const kept = new Map<string, string>()
  const line = { down: false, answersLost: false, refusal: null as Problem | null, onPost: () => {} }
  const settled: { text: string; fate: Fate['kind'] }[] = []
  const shelf = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (n: number) => [...kept.keys()][n] ?? null,
    get length() {
      return kept.size
    },
  }
  async function post(_: string, body: NewMessage): Promise<Message> {
    line.onPost()
    if (line.down) throw new Problem(0, {})
    if (line.refusal) throw line.refusal
    if (!stored.some((one) => one.client_id === body.client_id)) stored.push(body)
    if (line.answersLost) throw new Problem(0, {})
    return message(body.client_id, stored.length)
  }
  const person = { id: '7' }
  const page = () =>
    createOutbox({
      post,
      shelf: () => shelf,
      owner: () => person.id,
      onSettled: (parcel, fate) => settled.push({ text: parcel.body.text, fate: fate.kind }),
    })
  return { stored, kept, line, settled, shelf, person, page }
}

function parcel(text: string, at = Date.now(), owner = '7'): Parcel {
  const body: NewMessage = {
    kind: 'reply',
    text,
    attachments: [],
    client_id: `c-${text}`,
    seen_seq: 1,
    undo_seconds: 10,
    close: false,
  }
  return { owner, conversation: '1', body, draft: { ...emptyDraft, text }, at }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what is written without a connection is sent once there is one, in order', async () => {
  const { stored, kept, line, settled, page } = fake()
  const outbox = page()
  line.down = true
  expect(await outbox.send(parcel('a'))).toEqual({ kind: 'waiting' })
  vi.advanceTimersByTime(1)
  line.down = false
  // It does not overtake the one that waits.
  expect(await outbox.send(parcel('b'))).toEqual({ kind: 'waiting' })
  expect(outbox.waits('c-a')).toBe(true)
  await outbox.flush()
  expect(stored.map((one) => one.text)).toEqual(['a', 'b'])
  expect(settled.map((one) => one.fate)).toEqual(['stored', 'stored'])
  expect(kept.size).toBe(0)
})

test('it comes by itself when nobody says that the connection is back', async () => {
  const { stored, line, page } = fake()
  line.down = true
  await page().send(parcel('a'))
  line.down = false
  await vi.advanceTimersByTimeAsync(20_000)
  expect(stored).toHaveLength(1)
})

test('a lost answer does not double it', async () => {
  const { stored, line, settled, page } = fake()
  const outbox = page()
  line.answersLost = true
  await outbox.send(parcel('a'))
  expect(stored).toHaveLength(1)
  line.answersLost = false
  await outbox.flush()
  expect(stored).toHaveLength(1)
  expect(settled).toEqual([{ text: 'a', fate: 'stored' }])
})

test('the server that has lost its own answer says that it is done', async () => {
  const { line, page } = fake()
  line.refusal = new Problem(409, { code: 'answer_lost' })
  expect(await page().send(parcel('a'))).toEqual({ kind: 'done' })
})

test('a page that was closed meanwhile leaves it to the next one', async () => {
  const { stored, kept, line, page } = fake()
  line.down = true
  await page().send(parcel('a'))
  vi.clearAllTimers()
  line.down = false
  const next = page()
  expect(next.open().map((one) => one.body.text)).toEqual(['a'])
  await next.flush()
  expect(stored).toHaveLength(1)
  expect(kept.size).toBe(0)
})

test.each([
  ['the connection is lost', {}, 0, true],
  ['the session has ended', {}, 401, true],
  ['the server is going down', {}, 503, true],
  ['the first try is still running', { code: 'request_in_progress' }, 409, true],
  ['somebody answered first', { code: 'newer_messages' }, 409, false],
  ['it is too long', {}, 422, false],
])('%s', async (_, body, status, waits) => {
  const { kept, line, page } = fake()
  line.refusal = new Problem(status, body)
  const fate = await page().send(parcel('a'))
  expect(fate.kind).toBe(waits ? 'waiting' : 'refused')
  expect(kept.size).toBe(waits ? 1 : 0)
})

test('what is older than the server’s memory of keys is given back, not sent', async () => {
  const { stored, line, settled, page } = fake()
  const outbox = page()
  line.down = true
  await outbox.send(parcel('a', Date.now() - 13 * 3_600_000))
  line.down = false
  await outbox.flush()
  expect(stored).toHaveLength(0)
  expect(settled).toEqual([{ text: 'a', fate: 'refused' }])
})

test('what one person has waiting is posted in nobody else’s name, and leaves when they are back', async () => {
  const { stored, kept, line, person, page } = fake()
  const outbox = page()
  line.refusal = new Problem(401, {})
  await outbox.send(parcel('ann'))
  line.refusal = null
  person.id = '8'
  // By its own timer, by the line that is back, and by what the other one sends.
  await vi.advanceTimersByTimeAsync(60_000)
  expect(outbox.open()).toEqual([])
  await outbox.flush()
  expect(await outbox.send(parcel('bob', Date.now(), '8'))).toMatchObject({ kind: 'stored' })
  await outbox.flush()
  expect(stored.map((one) => one.text)).toEqual(['bob'])
  expect([...kept.keys()]).toEqual(['parley.outbox.7.c-ann'])

  outbox.leave()
  expect(outbox.waits('c-ann')).toBe(false)
  person.id = '7'
  expect(outbox.open().map((one) => one.body.text)).toEqual(['ann'])
  await outbox.flush()
  expect(stored.map((one) => one.text)).toEqual(['bob', 'ann'])
  expect(kept.size).toBe(0)
})

test.each([
  ['is taken', null, 0],
  ['is refused', new Problem(409, { code: 'newer_messages' }), 1],
  ['gets lost', new Problem(0, {}), 1],
])('what %s after somebody else has come is not put before them', async (_, refusal, left) => {
  const { kept, line, settled, person, page } = fake()
  const outbox = page()
  line.refusal = refusal
  line.onPost = () => {
    person.id = '8'
  }
  expect(await outbox.send(parcel('ann'))).toEqual({ kind: 'waiting' })
  expect(outbox.waits('c-ann')).toBe(false)
  expect(kept.size).toBe(left)
  expect(settled).toEqual([])
})

test('a person who comes while another one’s answers are under way does not wait for them', async () => {
  const { stored, line, person, page } = fake()
  const outbox = page()
  line.down = true
  await outbox.send(parcel('a'))
  await outbox.send(parcel('b'))
  line.down = false
  line.onPost = () => {
    person.id = '8'
  }
  await outbox.flush()
  // The first was under way in time; the second stays.
  expect(stored.map((one) => one.text)).toEqual(['a'])
})

test('a shelf that is full keeps nothing from leaving', async () => {
  const { stored, shelf, line, person, page } = fake()
  const outbox = page()
  shelf.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  expect(await outbox.send(parcel('a'))).toMatchObject({ kind: 'stored' })
  line.down = true
  expect(await outbox.send(parcel('b'))).toEqual({ kind: 'waiting' })
  line.down = false
  outbox.leave()
  person.id = '8'
  await outbox.flush()
  expect(stored.map((one) => one.text)).toEqual(['a'])
  person.id = '7'
  await outbox.flush()
  expect(stored.map((one) => one.text)).toEqual(['a', 'b'])
})
