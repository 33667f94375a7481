import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { throwNote } from '#/inbox/throw-note'
import { inbox } from '#/live/store'
import { say } from '#/ui/toast'
import { stubDesk } from './desk'
import { message } from './fixtures'

vi.mock('#/ui/toast', () => ({ say: vi.fn() }))

const note = message('3', 3, { kind: 'note', text: 'Call her' })
const deleted = { ...note, text: '', deleted_at: '2030-01-01T09:00:00Z' }
const refusal = (code: string) => Response.json({ code, detail: 'No.' }, { status: 409 })

let answers: Record<string, unknown>

beforeEach(() => {
  stubDesk((_, path) => answers[path])
  vi.mocked(say).mockClear()
  inbox.clear()
  inbox.state.threads.set('1', { items: [note], pending: [], older: false, state: 'ready' })
})
afterEach(() => vi.unstubAllGlobals())

const shown = () => inbox.state.threads.get('1')?.items[0]
const said = () => vi.mocked(say).mock.lastCall

test('a note goes with the server’s word, and comes back with it', async () => {
  answers = { '/messages/3/withdraw': deleted, '/messages/3/restore': note }
  await throwNote(note)
  expect(shown()).toMatchObject({ text: '', deleted_at: deleted.deleted_at })
  said()?.[1]?.undo?.()
  await vi.waitFor(() => expect(shown()?.text).toBe('Call her'))
  expect(shown()?.deleted_at).toBeUndefined()
})

test('what the server does not delete stays, and there is nothing to undo', async () => {
  answers = { '/messages/3/withdraw': refusal('not_yours') }
  await throwNote(note)
  expect(shown()?.text).toBe('Call her')
  expect(said()).toEqual(['No.', { tone: 'error' }])
})

test('who is too late is told so', async () => {
  answers = { '/messages/3/withdraw': deleted, '/messages/3/restore': refusal('restore_too_late') }
  await throwNote(note)
  said()?.[1]?.undo?.()
  await vi.waitFor(() => expect(said()).toEqual(['No.', { tone: 'error' }]))
  expect(shown()?.text).toBe('')
})
