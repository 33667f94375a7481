import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { NewMessage } from '#/api/types'
import { message } from '../test/fixtures'
import { templateSender } from './template-send'

const hello = { name: 'hello', language: 'en', values: ['Anna'] }
const other = { ...hello, values: ['Boris'] }

/** What was posted, under which key, and what the server says next. */
let posted: { key: string; body: NewMessage }[]
let answers: (() => Response)[]

const says = (status: number, code: string) => () => Response.json({ code }, { status })
const stored = () => Response.json(message('9', 1), { status: 201 })
const lost = () => {
  throw new TypeError('no connection')
}

beforeEach(() => {
  posted = []
  vi.stubGlobal('document', { hidden: true })
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>
    posted.push({ key: headers['Idempotency-Key'] ?? '', body: JSON.parse(String(init.body)) })
    const answer = answers.shift()
    if (!answer) throw new Error('posted once too often')
    return answer()
  })
})

afterEach(() => vi.unstubAllGlobals())

test('a template whose answer got lost is posted again word for word, under one key', async () => {
  answers = [lost, says(503, 'unavailable'), stored, stored]
  const send = templateSender('1')
  expect(await send(hello)).toHaveProperty([''])
  expect(await send(hello)).toHaveProperty([''])
  expect(await send(hello)).toBeNull()
  expect(new Set(posted.map((one) => JSON.stringify(one))).size).toBe(1)
  expect(posted[0]?.key).toBe(posted[0]?.body.client_id)
  expect(await send(hello)).toBeNull()
  expect(posted[3]?.key).not.toBe(posted[0]?.key)
})

test('another template after a lost answer comes under the same key, and is told of what may have left', async () => {
  answers = [lost, says(422, 'idempotency_key_reused'), stored]
  const send = templateSender('1')
  await send(hello)
  expect((await send(other))?.['']).toMatch(/may have left/)
  expect(posted[1]?.key).toBe(posted[0]?.key)
  await send(other)
  expect(posted[2]?.key).not.toBe(posted[0]?.key)
})

test('what was refused has another key', async () => {
  answers = [says(409, 'newer_messages'), stored]
  const send = templateSender('1')
  await send(hello)
  await send(hello)
  expect(posted[1]?.key).not.toBe(posted[0]?.key)
})

test('a dialog that is opened anew goes on with what the one before has not heard of', async () => {
  answers = [lost, stored]
  await templateSender('2')(hello)
  expect(await templateSender('2')(hello)).toBeNull()
  expect(posted[1]).toEqual(posted[0])
})
