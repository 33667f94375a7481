import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadCatalogue } from '#/text/text'
import { reasonAlone, reasonOf, waiting } from './way'

const error = {
  code: 'try_later',
  text: 'the server asks to try again later: 450 greylisted',
  words: {
    en: 'the server asks to try again later: 450 greylisted',
    ru: 'сервер просит попробовать позже: 450 greylisted',
  },
}

beforeEach(() => {
  vi.stubGlobal('document', { documentElement: {} })
  vi.useFakeTimers({ now: new Date(2026, 10, 22, 12, 0) })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a deferred message tells when it is tried again and why', async () => {
  const at = new Date(2026, 10, 22, 12, 5).toISOString()
  await loadCatalogue('en')
  expect(waiting({ error, next_attempt_at: at, waits_for: null })).toMatch(
    /^Not sent yet, next try 12:05.*: the server asks to try again later: 450 greylisted$/,
  )
  await loadCatalogue('ru')
  expect(waiting({ error, next_attempt_at: at, waits_for: null })).toBe(
    'Пока не отправлено, следующая попытка 12:05: сервер просит попробовать позже: 450 greylisted',
  )
  expect(waiting({ error, next_attempt_at: null, waits_for: null })).toContain('Пока не отправлено: сервер')
  expect(reasonOf({ error: null })).toBe('')
})

test('one behind it waits for it', async () => {
  await loadCatalogue('en')
  expect(waiting({ error: null, next_attempt_at: null, waits_for: '7' })).toBe(
    'Waits for the message before it',
  )
  expect(waiting({ error: null, next_attempt_at: null, waits_for: null })).toBe('Queued')
})

test.each([
  ['сервер просит попробовать позже: 450', 'Сервер просит попробовать позже: 450'],
  ['sent, but not accepted for', 'Sent, but not accepted for'],
  ['boris@example.org: 552 mailbox full', 'boris@example.org: 552 mailbox full'],
  ['mail.example.com does not answer', 'mail.example.com does not answer'],
  ['', ''],
])('the reason %j stands alone as %j', async (text, want) => {
  await loadCatalogue('en')
  expect(reasonAlone({ error: { code: '', text, words: { en: text, ru: '' } } })).toBe(want)
})

test('one on a channel that rests says so, whatever else it waits for', async () => {
  const waits = { error, next_attempt_at: null, waits_for: '7' }
  await loadCatalogue('ru')
  expect(waiting(waits, 'paused')).toBe('Ждёт: канал приостановлен')
  await loadCatalogue('en')
  expect(waiting(waits, 'archived')).toBe('Will not be sent: the channel is archived')
  expect(waiting(waits, null)).toContain('Not sent yet')
})
