import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type ConversationChange, guarded } from '#/api/inbox'
import type { Macro } from '#/api/rules'
import type { Attachment, Contact, Conversation, Inquiry, Lead } from '#/api/types'
import { useDistinct } from '#/contacts/duplicates'
import { useContact } from '#/contacts/use-contact'
import { useMerge } from '#/contacts/use-merge'
import { changeConversation, changeLabel } from '#/inbox/actions'
import { changeMany } from '#/inbox/bulk'
import { changeMessage } from '#/inbox/change-message'
import { divide } from '#/inbox/divide'
import { drafts } from '#/inbox/draft'
import { dropFile, dropOther } from '#/inbox/draft-parts'
import { join, separate } from '#/inbox/join'
import { link, unlink } from '#/inbox/link'
import { applyMacro } from '#/inbox/macro'
import { dropLetterFile } from '#/inbox/mail/letter-file'
import { writing } from '#/inbox/mail/writing'
import { moveTime } from '#/inbox/move-time'
import { resolve, useClose } from '#/inbox/resolve'
import { take } from '#/inbox/take'
import { throwNote } from '#/inbox/throw-note'
import { transfer } from '#/inbox/transfer'
import { inbox } from '#/live/store'
import { stepActs } from '#/pipeline/step-acts'
import { useMove } from '#/pipeline/use-move'
import { useLead } from '#/pipeline/use-record'
import { useRowChange } from '#/pipeline/use-row-change'
import { dismissAll, undoLast } from '#/ui/toast'
import { callsOf, changingCalls } from './calls'
import { stubDesk } from './desk'
import { conversation, message } from './fixtures'
import { hook } from './hook'

/** One thing that can be done at the desk. */
interface Deed {
  /** What it does on the server, and what `z` does after it; both empty for what this page alone holds. */
  does: string
  back: string
  /** The calls of the interface of which it is the deed. */
  of: string[]
  act: () => unknown
  /** What stands here before it, and again once it is undone; for what this page alone holds. */
  here?: () => unknown
}

const nothing = () => undefined
const step = { id: '4', text: 'Weigh it', done: false, done_at: null, done_by: null }
const request = { id: '6', number: 6, status: 'open', checklist: [step] } as unknown as Inquiry
const lead = { id: '5', status: 'open', stage_id: '1', contact_name: 'Petra' } as unknown as Lead
const label = { id: '8', name: 'Urgent' }
const file = { id: 'f1', name: 'tea.pdf', size: 1 } as Attachment
const own = { direction: 'outbound', author: { kind: 'agent', id: 'me', name: 'Me' } } as const
const note = message('3', 3, { ...own, kind: 'note', text: 'Call her' })
const planned = message('2', null, { ...own, release_at: '2030-01-01T09:00:00Z' })
const address = { id: '0', scope: 'phone', address: '+7', verified: true, stops: [] }
const pair = { contact: { id: '1', name: 'A' }, other: { id: '2', name: 'B' } } as never

let queries: QueryClient
let asked: string[]
let server: Conversation
let person: Contact

/** Every field of a conversation that the desk changes, by what it is changed to and what brings it back; a new one has to be added here. */
const fields: Record<keyof ConversationChange, [to: ConversationChange, back: ConversationChange]> = {
  status: [{ status: 'closed' }, { status: 'open', unanswered: false, snoozed_until: null }],
  snoozed_until: [
    { status: 'snoozed', snoozed_until: '2030-01-01T09:00:00Z' },
    { status: 'open', snoozed_until: null },
  ],
  assignee_id: [{ assignee_id: '7' }, { assignee_id: null }],
  team_id: [{ team_id: '9' }, { team_id: null }],
  priority: [{ priority: 'high' }, { priority: 'normal' }],
  labels: [{ labels: ['8'] }, { labels: [] }],
  unanswered: [{ unanswered: true }, { unanswered: false }],
  subject: [{ subject: 'Tea' }, { subject: '' }],
  spam: [{ spam: true }, { spam: false }],
  pinned: [{ pinned: true }, { pinned: false }],
  following: [{ following: true }, { following: false }],
  request_id: [{ request_id: '6' }, { request_id: null }],
}

const deeds: Record<string, Deed> = {
  'put a label on': {
    does: 'PATCH /conversations/1 {"add_labels":["8"]}',
    back: 'PATCH /conversations/1 {"remove_labels":["8"]}',
    of: ['conversations.update'],
    act: () => changeLabel('1', label, true),
  },
  'take a label off': {
    does: 'PATCH /conversations/1 {"remove_labels":["8"]}',
    back: 'PATCH /conversations/1 {"add_labels":["8"]}',
    of: [],
    act: () => changeLabel('1', label, false),
  },
  'take it': {
    does: 'POST /conversations/1/claim',
    back: 'PATCH /conversations/1 {"assignee_id":null,"was":{"assignee_id":"me"}}',
    of: ['routing.claim'],
    act: () => take('1'),
  },
  'hand it over': {
    does: 'PATCH /conversations/1 {"assignee_id":"7","was":{"assignee_id":null},"note":"Yours"}',
    back: 'PATCH /conversations/1 {"assignee_id":null,"was":{"assignee_id":"7"}}',
    of: [],
    act: () => transfer(server, { assignee_id: '7' }, 'Yours'),
  },
  'close it by its key': {
    does: 'PATCH /conversations/1 {"status":"closed"}',
    back: 'PATCH /conversations/1 {"status":"open","unanswered":false,"snoozed_until":null,"was":{"status":"closed","snoozed_until":null}}',
    of: [],
    act: () => hook(queries, useClose)(server),
  },
  'close several': {
    does: 'POST /conversations/bulk {"changes":[{"status":"closed","ids":["1"]}]}',
    back: 'POST /conversations/bulk {"changes":[{"status":"open","unanswered":false,"snoozed_until":null,"was":{"status":"closed","snoozed_until":null},"ids":["1"]}]}',
    of: ['changeConversations'],
    act: () => changeMany(['1'], { status: 'closed' }, (n) => `${n} closed`),
  },
  'link two': {
    does: 'POST /conversations/1/links {"conversation_id":"2"}',
    back: 'DELETE /conversations/1/links/2',
    of: ['links.add'],
    act: () => link('1', '2', '2', nothing),
  },
  'unlink two': {
    does: 'DELETE /conversations/1/links/2',
    back: 'POST /conversations/1/links {"conversation_id":"2"}',
    of: ['links.remove'],
    act: () => unlink('1', '2', '2', nothing),
  },
  'merge two': {
    does: 'POST /conversations/1/merge {"conversation_id":"2"}',
    back: 'POST /conversations/unmerge {"merge_id":"77"}',
    of: ['joined.merge'],
    act: () => join('1', { id: '2', number: 2 }, nothing),
  },
  'separate two': {
    does: 'POST /conversations/unmerge {"merge_id":"77"}',
    back: 'POST /conversations/1/merge {"conversation_id":"2"}',
    of: ['joined.unmerge'],
    act: () => separate('1', { id: '2', number: 2 }, '77', nothing),
  },
  'split it': {
    does: 'POST /conversations/1/split {"message_id":"2","subject":"","request":true}',
    back: 'POST /conversations/unsplit {"split_id":"55"}',
    of: ['splits.split', 'splits.undo'],
    act: () => divide('1', { message_id: '2', subject: '', request: true }, async () => undefined),
  },
  'do a macro': {
    does: 'POST /macros/3/apply {"conversation_id":"1"}',
    back: 'PATCH /conversations/1 {"priority":"normal","was":{"priority":"high"}}',
    of: ['macros.apply'],
    act: () =>
      applyMacro(
        { id: '3', name: 'Hurry', actions: [{ type: 'set_priority', priority: 'high' }] } as Macro,
        '1',
      ),
  },
  'change a message': {
    does: 'PATCH /messages/3 {"text":"Write to her","html":""}',
    back: 'PATCH /messages/3 {"text":"Call her","html":""}',
    of: ['amendments.edit'],
    act: () => changeMessage(note, 'Write to her', 'Call her', false),
  },
  'delete a note': {
    does: 'POST /messages/3/withdraw',
    back: 'POST /messages/3/restore',
    of: ['amendments.withdraw', 'amendments.restore'],
    act: () => throwNote(note),
  },
  'send later or earlier': {
    does: 'PUT /messages/2/send-at {"send_at":"2030-02-01T09:00:00.000Z"}',
    back: 'PUT /messages/2/send-at {"send_at":"2030-01-01T09:00:00.000Z"}',
    of: ['reschedule'],
    act: () => moveTime(planned, new Date('2030-02-01T09:00:00Z')),
  },
  'take a file out of an answer': {
    does: '',
    back: '',
    of: ['drafts.put', 'drafts.remove'],
    act: () => dropFile('1', file),
    here: () => drafts.get('1').attachments.map((one) => one.id),
  },
  'put away what another window wrote': {
    does: '',
    back: '',
    of: [],
    act: () => dropOther('1', { text: 'Theirs', html: '' }),
    here: () => drafts.get('1').other?.text,
  },
  'take a file out of a new letter': {
    does: '',
    back: '',
    of: [],
    act: () => dropLetterFile(file),
    here: () => writing.get().letter.attachments.map((one) => one.id),
  },
  'resolve a request': {
    does: 'PATCH /requests/6 {"status":"resolved"',
    back: 'PATCH /requests/6 {"status":"open"',
    of: ['requests.update'],
    act: () => resolve('6', queries),
  },
  'change a request in its table': {
    does: 'PATCH /requests/6 {"status":"pending","was":{"status":"open"}}',
    back: 'PATCH /requests/6 {"status":"open","was":{"status":"pending"}}',
    of: [],
    act: () =>
      hook(queries, () =>
        useRowChange<Inquiry>(
          'requests',
          (id, body) => update('requests', id, body),
          () => 'changed',
        ),
      )(request, { status: 'pending' }),
  },
  'win a lead': {
    does: 'POST /leads/5/convert',
    back: 'PATCH /leads/5 {"status":"open","stage_id":"1","was":{"status":"converted","stage_id":"3"}}',
    of: ['leads.convert', 'leads.update'],
    act: () => hook(queries, () => useLead('5')).convert(),
  },
  'lose a lead': {
    does: 'PATCH /leads/5 {"status":"lost","lost_reason":"price"',
    back: 'PATCH /leads/5 {"status":"open","stage_id":"1","was":{"status":"lost","stage_id":"1"}}',
    of: [],
    act: () => hook(queries, () => useLead('5')).lose('price'),
  },
  'move a card': {
    does: 'PATCH /leads/5 {"stage_id":"2"}',
    back: 'PATCH /leads/5 {"stage_id":"1"}',
    of: [],
    act: () => hook(queries, () => useMove<Lead>(board))(lead, '2'),
  },
  'tick a step': {
    does: 'PATCH /requests/6/checklist/4 {"done":true}',
    back: 'PATCH /requests/6/checklist/4 {"done":false}',
    of: ['checklist.change'],
    act: () => stepActs(request, run).tick(step),
  },
  'move a step': {
    does: 'PATCH /requests/6/checklist/4 {"position":1}',
    back: 'PATCH /requests/6/checklist/4 {"position":0}',
    of: [],
    act: () => stepActs(request, run).move(step, 0, 1),
  },
  'take a step away': {
    does: 'DELETE /requests/6/checklist/4',
    back: 'POST /requests/6/checklist {"text":"Weigh it","done":false,"position":0}',
    of: ['checklist.remove'],
    act: () => stepActs(request, run).remove(step, 0),
  },
  'add a step': {
    does: 'POST /requests/6/checklist {"text":"Pack it"}',
    back: 'DELETE /requests/6/checklist/44',
    of: ['checklist.add'],
    act: () => stepActs(request, run).add('Pack it', nothing),
  },
  'change a contact': {
    does: 'PATCH /contacts/1 {"name":"Petra Tea","was":{"name":"Petra"}}',
    back: 'PATCH /contacts/1 {"name":"Petra","was":{"name":"Petra Tea"}}',
    of: ['contacts.update'],
    act: () => hook(queries, () => useContact('1')).change('name', 'Petra Tea'),
  },
  'add an address': {
    does: 'PATCH /contacts/1 {"identities":[{"id":"0","scope":"phone","address":"+7"',
    back: 'PATCH /contacts/1 {"identities":[],',
    of: [],
    act: () => hook(queries, () => useContact('1')).add(address),
  },
  'merge two people': {
    does: 'POST /contacts/1/merge {"contact_id":"2"}',
    back: 'POST /contacts/unmerge {"merge_id":"77"}',
    of: ['merges.merge', 'merges.unmerge'],
    act: () => hook(queries, () => useMerge('1')).merge.mutate({ id: '2', name: 'B' }),
  },
  'say that two are not one': {
    does: 'PUT /contacts/1/distinct/2',
    back: 'DELETE /contacts/1/distinct/2',
    of: ['duplicates.distinct', 'duplicates.alike'],
    act: () => hook(queries, useDistinct).dismiss.mutate(pair),
  },
}

for (const [field, [change, before]] of Object.entries(fields))
  deeds[`change a conversation: ${field}`] = {
    does: `PATCH /conversations/1 ${JSON.stringify({ ...change, ...(change.assignee_id && { was: { assignee_id: null } }) })}`,
    // Labels come and go one by one: colleagues may have put others on.
    back: `PATCH /conversations/1 ${JSON.stringify({ ...(change.labels ? { remove_labels: change.labels } : before), ...left(change, before) })}`,
    of: [],
    act: () => changeConversation('1', change, 'changed'),
  }

/** What changes something and is no deed to be undone, and why. */
const others: Record<string, string> = {
  'messages.send': 'it leaves ten seconds later, and until then the same key takes it back: messages.undo',
  'messages.undo': 'it is the undoing; its words are in the composer again, to be sent as before',
  'messages.sendNow': 'whoever presses it says that nothing is to be taken back',
  'messages.resend': 'the answer was to leave already',
  'conversations.begin': 'its message is taken back like any other',
  'conversations.liftStop': 'only the contact can say “no more”; it is asked once more before',
  'conversations.read': 'nobody does it on purpose',
  'conversations.typing': 'nobody does it on purpose',
  'conversations.viewing': 'nobody does it on purpose',
  'amendments.react': 'the same press takes a reaction back',
  'amendments.unreact': 'the same press puts a reaction there again',
  'amendments.drop': 'forgets a failure that was read; nothing is lost by it',
  'leads.remove': 'it is asked once more before, and nothing could bring its history back',
  'requests.remove': 'it is asked once more before, and nothing could bring its history back',
  'files.upload': 'taking the file out of the draft again is a deed of its own',
  'labels.create': 'a label is put on with it, and that is undone; the label itself is of the settings',
  addContact: 'it only adds, and what was added is merged into another by a deed that can be undone',
  'messageTemplates.refresh': 'it reads anew',
  'quickReplies.render': 'it changes nothing: it makes words of a template',
}

/** Calls that a library of the same name makes of its own; the desk lists these for reading alone. */
const read = ['labels.update', 'labels.remove', 'triggers.']

/** left is what an undoing goes by: how the change left those of its fields that a colleague may have touched since. */
function left(change: ConversationChange, before: ConversationChange) {
  const all = { snoozed_until: null, ...change } as Record<string, unknown>
  const was = guarded.filter((name) => before[name] !== undefined).map((name) => [name, all[name]])
  return was.length > 0 && { was: Object.fromEntries(was) }
}

const run = (send: () => Promise<Inquiry>) => void send()

async function update<T>(noun: string, id: string, body: Partial<T>): Promise<T> {
  const answer = await fetch(`/api/v1/${noun}/${id}`, { method: 'PATCH', body: JSON.stringify(body) })
  return (await answer.json()) as T
}

const board = {
  noun: 'leads' as const,
  title: '',
  columns: [],
  load: () => Promise.reject(new Error('not read here')),
  count: async () => ({}),
  keyOf: (one: Lead) => one.id,
  nameOf: () => 'Petra',
  columnOf: (one: Lead) => one.stage_id ?? '',
  card: () => null,
  move: (one: Lead, to: string) => update<Lead>('leads', one.id, { stage_id: to }),
}

/** answer is what the server says to a call. */
function answer(method: string, path: string, body: Record<string, unknown>): unknown {
  if (path.startsWith('/conversations/bulk')) return { items: [{ ...server, status: 'closed' }], failed: [] }
  if (path === '/conversations/counts') return {}
  if (path.endsWith('/merge')) return { merge_id: '77' }
  if (path === '/contacts/unmerge') return { gone_name: 'B' }
  if (path.endsWith('/split')) return { conversation: conversation('2'), split_id: '55' }
  if (path.endsWith('/messages')) return { items: [], older: false }
  if (path.startsWith('/messages/3')) return note
  if (path.startsWith('/messages/2')) return planned
  if (path === '/contacts/1') {
    const { was, ...change } = body
    person = { ...person, ...change }
    return person
  }
  if (path === '/requests/6/checklist')
    return { ...request, checklist: [step, { id: '44', text: body.text }] }
  if (path.startsWith('/requests/6')) return { ...request, ...body }
  if (path === '/leads/5/convert') return { ...lead, status: 'converted', stage_id: '3' }
  if (path.startsWith('/leads/5')) return { ...lead, ...body }
  if (path === '/macros/3/apply') server = { ...server, priority: 'high' }
  else if (method === 'PATCH') server = { ...server, ...body }
  return server
}

beforeEach(() => {
  vi.useFakeTimers()
  server = conversation('1', { unanswered: false })
  queries = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
  queries.setQueryData(['leads', '5'], lead)
  person = { id: '1', name: 'Petra', identities: [] } as unknown as Contact
  queries.setQueryData(['contacts', '1'], person)
  asked = stubDesk(answer)
  inbox.clear()
  inbox.state.me = 'me'
  inbox.state.conversations.set('1', server)
  inbox.state.threads.set('1', { items: [note], pending: [planned], older: false, state: 'ready' })
  drafts.edit('1', { text: 'Mine', attachments: [file], other: { text: 'Theirs', html: '' } })
  writing.edit({ attachments: [file] })
})
afterEach(() => {
  dismissAll()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('every deed of the desk is undone by z', () => {
  test.each(Object.entries(deeds))('%s', async (_, { act, does, back, here }) => {
    const before = here?.()
    void act()
    await vi.advanceTimersByTimeAsync(50)
    expect(asked[0] ?? '').toContain(does)
    expect(asked.length).toBe(does ? 1 : 0)
    if (here) expect(here()).not.toEqual(before)
    asked.length = 0
    expect(undoLast()).toBe(true)
    await vi.advanceTimersByTimeAsync(50)
    expect(asked[0] ?? '').toContain(back)
    expect(asked.length).toBe(back ? 1 : 0)
    expect(here?.()).toEqual(before)
  })
})

test('nothing at the desk changes anything without being undone, or having a reason why not', () => {
  const made = [...callsOf(['inbox', 'contacts', 'pipeline'], changingCalls())]
  const told = new Set([...Object.values(deeds).flatMap((deed) => deed.of), ...Object.keys(others)])
  expect(made.filter((call) => !told.has(call) && !read.some((one) => call.startsWith(one)))).toEqual([])
  expect([...told].filter((call) => !made.includes(call))).toEqual([])
})
