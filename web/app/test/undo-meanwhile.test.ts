import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Macro } from '#/api/rules'
import type { Attachment, Conversation } from '#/api/types'
import { changeConversation, changeLabel } from '#/inbox/actions'
import { changeMany } from '#/inbox/bulk'
import { changeMessage } from '#/inbox/change-message'
import { drafts } from '#/inbox/draft'
import { dropFile, dropOther } from '#/inbox/draft-parts'
import { applyMacro } from '#/inbox/macro'
import { dropLetterFile } from '#/inbox/mail/letter-file'
import { writing } from '#/inbox/mail/writing'
import { moveTime } from '#/inbox/move-time'
import { transfer } from '#/inbox/transfer'
import { dropConversation, editConversation, putMessage } from '#/live/change'
import { inbox } from '#/live/store'
import { sayRemoved } from '#/settings/editor/say-removed'
import { dismissAll, undoLast } from '#/ui/toast'
import { stubDesk } from './desk'
import { conversation, message } from './fixtures'

const bob = '7'
const carol = '8'
const file = { id: 'f1', name: 'tea.pdf', size: 1 } as Attachment
const theirs = { text: 'Theirs', html: '' }
const own = { direction: 'outbound', author: { kind: 'agent', id: 'me', name: 'Me' } } as const
const note = message('3', 3, { ...own, kind: 'note', text: 'Call her' })
const planned = message('2', null, { ...own, release_at: '2030-01-01T09:00:00Z' })

let asked: string[]
let server: Conversation

function answer(method: string, path: string, body: Record<string, unknown>): unknown {
  if (path === '/conversations/bulk') return { items: [{ ...server, assignee_id: null }], failed: [] }
  if (path.startsWith('/messages/3')) return { ...note, text: body.text }
  if (path.startsWith('/messages/2')) return { ...planned, release_at: body.send_at }
  if (path === '/macros/3/apply') server = { ...server, assignee_id: bob }
  else if (path === '/macros/4/apply') server = { ...server, labels: [...server.labels, '6'] }
  else if (method === 'PATCH') {
    const { was, ...change } = body
    if (overtaken(was ?? {}))
      return Response.json({ code: 'field_changed', detail: 'Somebody else was here.' }, { status: 409 })
    server = { ...server, ...change }
  }
  return server
}

/** overtaken says whether what was seen is something else by now, as the server does. */
function overtaken(was: object): boolean {
  return Object.entries(was).some(([name, value]) => server[name as keyof Conversation] !== value)
}

beforeEach(() => {
  vi.useFakeTimers()
  server = conversation('1', { assignee_id: bob })
  asked = stubDesk(answer)
  inbox.clear()
  inbox.state.me = 'me'
  inbox.state.conversations.set('1', server)
  inbox.state.threads.set('1', { items: [note], pending: [planned], older: false, state: 'ready' })
})
afterEach(() => {
  dismissAll()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const settled = () => vi.advanceTimersByTimeAsync(50)

/** undone presses `z` and is what the server is asked then. */
async function undone(): Promise<string[]> {
  asked.length = 0
  expect(undoLast()).toBe(true)
  await settled()
  return asked
}

const macro = { id: '3', name: 'To Bob', actions: [{ type: 'assign', agent_id: bob }] } as Macro

describe('what was taken since is not taken back from whoever has it', () => {
  const ways: [string, () => unknown, string | null][] = [
    ['given to nobody', () => changeConversation('1', { assignee_id: null }, 'changed'), null],
    ['handed over to a team', () => transfer(server, { assignee_id: null, team_id: '9' }, 'Yours'), null],
    ['several given to nobody', () => changeMany(['1'], { assignee_id: null }, String), null],
    ['given to Bob', () => changeConversation('1', { assignee_id: bob }, 'changed'), bob],
    ['given to Bob by a macro', () => applyMacro(macro, '1'), bob],
  ]
  test.each(ways)('%s', async (_, act, leftTo) => {
    if (leftTo) {
      server = { ...server, assignee_id: null }
      inbox.state.conversations.set('1', server)
    }
    void act()
    await settled()
    inbox.change((state) => editConversation(state, '1', { assignee_id: carol }))
    const [back] = await undone()
    expect(back).toContain(`"was":{"assignee_id":${JSON.stringify(leftTo)}`)
  })
})

describe('what a colleague has changed since stays, and whoever undoes is told', () => {
  const ways: [keyof Conversation, () => unknown, Partial<Conversation>][] = [
    ['status', () => changeConversation('1', { status: 'closed' }, 'changed'), { status: 'pending' }],
    ['priority', () => changeConversation('1', { priority: 'high' }, 'changed'), { priority: 'urgent' }],
    ['team_id', () => changeConversation('1', { team_id: '9' }, 'changed'), { team_id: '4' }],
    ['subject', () => changeConversation('1', { subject: 'Tea' }, 'changed'), { subject: 'Green tea' }],
  ]
  test.each(ways)('%s', async (field, act, theirs) => {
    void act()
    await settled()
    server = { ...server, ...theirs }
    await undone()
    expect(asked.length).toBe(1)
    expect(inbox.state.conversations.get('1')?.[field]).toBe(theirs[field])
  })
})

test('a label that a colleague has put on since stays when a macro is taken back', async () => {
  const tagged = { id: '4', name: 'Tag', actions: [{ type: 'add_label', label_id: '6' }] } as Macro
  void applyMacro(tagged, '1')
  await settled()
  inbox.change((state) => editConversation(state, '1', { labels: ['6', '9'] }))
  expect(await undone()).toEqual(['PATCH /conversations/1 {"remove_labels":["6"]}'])
})

test('what is loaded no more is put back all the same', async () => {
  void changeConversation('1', { priority: 'high' }, 'changed')
  await settled()
  inbox.change((state) => dropConversation(state, '1'))
  expect(await undone()).toEqual(['PATCH /conversations/1 {"priority":"normal","was":{"priority":"high"}}'])

  void changeLabel('1', { id: '5', name: 'Tea' }, true)
  await settled()
  inbox.change((state) => dropConversation(state, '1'))
  expect(await undone()).toEqual(['PATCH /conversations/1 {"remove_labels":["5"]}'])
})

test('a text that was changed again stays', async () => {
  void changeMessage(note, 'Write to her', 'Call her', false)
  await settled()
  inbox.change((state) => void putMessage(state, { ...note, text: 'Write to them both' }))
  expect(await undone()).toEqual([])
})

test('a time that was moved again stays', async () => {
  void moveTime(planned, new Date('2030-02-01T09:00:00Z'))
  await settled()
  inbox.change((state) => void putMessage(state, { ...planned, release_at: '2030-03-01T09:00:00Z' }))
  expect(await undone()).toEqual([])
})

test('a file out of an answer that has left does not come into the next', async () => {
  drafts.edit('1', { text: 'Mine', attachments: [file] })
  dropFile('1', file)
  drafts.clear('1')
  await undone()
  expect(drafts.get('1').attachments).toEqual([])
})

test('newer words of another window are not written over by the older', async () => {
  drafts.edit('1', { other: theirs })
  dropOther('1', theirs)
  drafts.edit('1', { other: { text: 'Newer', html: '' } })
  await undone()
  expect(drafts.get('1').other?.text).toBe('Newer')
})

describe('a file out of a letter does not come into another', () => {
  beforeEach(() => {
    writing.openChat('5', '+1')
    writing.edit({ text: 'Hello', attachments: [file] })
    dropLetterFile(file)
  })
  test('that was turned to', async () => {
    writing.openChat('5', '+2')
    await undone()
    expect(writing.get().letter).toMatchObject({ address: '+2', attachments: [] })
  })
  test('that comes after it has left', async () => {
    writing.sent(writing.ready(), 'chat')
    writing.openChat('5', '+1')
    await undone()
    expect(writing.get().letter).toMatchObject({ address: '+1', attachments: [] })
  })
})

test('what cannot be made again is offered again', async () => {
  let there = false
  const restore = vi.fn(async () => {
    if (restore.mock.calls.length === 1) throw new Error('offline')
    there = true
  })
  sayRemoved('Removed', restore)
  await undone()
  expect(there).toBe(false)
  await undone()
  expect(there).toBe(true)
})
