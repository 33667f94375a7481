import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { amendments as api } from '#/api/inbox'
import type { Amendment, Limits, Message } from '#/api/types'
import { putMessage } from '#/live/change'
import { emptyState } from '#/live/state'
import { inbox } from '#/live/store'
import { message } from '#/test/fixtures'
import { editMessage, emojis, possible, shown } from './amend'

const limits = {
  text: { max: 100, unit: 'runes' },
  files: { max_bytes: 0, max_count: 0, types: [] },
  edit_seconds: 3600,
  delete_seconds: 7200,
  reactions: true,
  emoji: [],
  own_ids: false,
} as unknown as Limits
const now = Date.parse('2026-11-22T12:00:00Z')
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString()
const ours = message('2', 2, {
  direction: 'outbound',
  author: { kind: 'agent', id: '7', name: 'Anna' },
  state: 'sent',
  remote_id: 'r2',
  sent_at: ago(1),
})

beforeEach(() => {
  vi.stubGlobal('document', { hidden: true })
  inbox.state.threads.set('1', { items: [ours], pending: [], older: false, state: 'ready' })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  Object.assign(inbox.state, emptyState())
})
const current = () => inbox.state.threads.get('1')?.items[0]
const stream = (change: Partial<Message>) => putMessage(inbox.state, { ...(current() ?? ours), ...change })

it('takes back a refused wish alone, not what came meanwhile', async () => {
  vi.spyOn(api, 'edit').mockImplementation(async () => {
    stream({ state: 'read' })
    throw new Error('refused')
  })
  await editMessage(ours, 'new', false)
  expect(current()).toEqual({ ...ours, state: 'read' })
})

it('leaves alone what the stream has settled before the answer', async () => {
  const waiting: Amendment = {
    id: '9',
    kind: 'edit',
    text: 'new',
    html: '',
    emoji: '',
    state: 'queued',
    error: null,
  }
  const edit = vi.spyOn(api, 'edit').mockImplementation(async () => {
    stream({ text: 'new', amendments: [] })
    return { ...ours, amendments: [waiting] }
  })
  await editMessage(ours, 'new', false)
  expect(current()).toMatchObject({ text: 'new', amendments: [] })
  edit.mockResolvedValue({ ...ours, amendments: [waiting] })
  await editMessage(ours, 'newer', false)
  expect(current()?.amendments).toEqual([waiting])
})

it('offers what the network, the time and the author allow', () => {
  const all = { reply: true, react: true, edit: true, delete: true }
  expect(possible(ours, limits, '7', now)).toEqual(all)
  expect(possible(ours, limits, '8', now)).toEqual({ ...all, edit: false, delete: false })
  expect(possible({ ...ours, sent_at: ago(90) }, limits, '7', now)).toEqual({ ...all, edit: false })
  expect(possible({ ...ours, sent_at: ago(121) }, limits, '7', now)).toEqual({
    ...all,
    edit: false,
    delete: false,
  })
  expect(possible({ ...ours, author: { kind: 'trigger', id: '1', name: '' } }, limits, '8', now)).toEqual(all)
  const nothing = { reply: false, react: false, edit: false, delete: false }
  const byOurIds = { ...limits, own_ids: true }
  expect(possible({ ...ours, remote_id: null }, byOurIds, '7', now).edit).toBe(true)
  expect(possible({ ...ours, remote_id: null, state: 'queued' }, byOurIds, '7', now).edit).toBe(false)
  expect(possible({ ...ours, remote_id: null }, limits, '7', now)).toEqual({ ...nothing, reply: true })
  expect(possible({ ...ours, deleted_at: ago(0) }, limits, '7', now)).toEqual(nothing)
  expect(possible({ ...ours, seq: null }, limits, '7', now)).toEqual(nothing)
  expect(possible(ours, undefined, '7', now)).toEqual(nothing)
  expect(possible({ ...ours, kind: 'note', remote_id: null }, undefined, '7', now)).toEqual({
    ...nothing,
    edit: true,
    delete: true,
  })
})

it('shows what is on its way, and what the contact sees once it was refused', () => {
  const edit: Amendment = {
    id: '9',
    kind: 'edit',
    text: 'new',
    html: '',
    emoji: '',
    state: 'queued',
    error: null,
  }
  const back: Amendment = { ...edit, kind: 'reaction', text: '', emoji: '' }
  const before = { ...ours, text: 'old', own_reaction: '👍' }
  expect(shown({ ...before, amendments: [edit, back] })).toEqual({
    text: 'new',
    html: '',
    reaction: '',
    waits: ['edit', 'reaction'],
  })
  expect(shown({ ...before, amendments: [{ ...edit, state: 'failed' }] })).toMatchObject({
    text: 'old',
    waits: [],
  })
})

it('offers the reactions that a network has, the usual ones first', () => {
  expect(emojis({ ...limits, emoji: ['🐳', '❤', '👍'] })).toEqual({ first: ['👍', '❤️'], rest: ['🐳'] })
  expect(emojis(limits).first[0]).toBe('👍')
})
