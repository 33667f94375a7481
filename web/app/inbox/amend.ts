import { amendments as api } from '#/api/inbox'
import type { Amendment, Limits, Message } from '#/api/types'
import { putMessage } from '#/live/change'
import { inbox } from '#/live/store'
import { errorText } from './actions'
import { formatted } from './markup'

/** What can still be done about a message that was sent. */
export interface Possible {
  reply: boolean
  react: boolean
  edit: boolean
  delete: boolean
}

/** possible is what the network, the time and the author allow; the server has the last word. */
export function possible(message: Message, limits: Limits | undefined, me: string, now: number): Possible {
  const none = { reply: false, react: false, edit: false, delete: false }
  const there = message.seq !== null && !message.deleted_at && !message.id.startsWith('local:')
  if (!there || message.kind === 'system') return none
  const ours =
    message.direction === 'outbound' && (message.author.kind !== 'agent' || message.author.id === me)
  if (message.kind === 'note') return { ...none, edit: ours, delete: ours }
  if (!limits) return none
  const known = message.remote_id !== null || (limits.own_ids && arrived.has(message.state))
  const within = (seconds: number) =>
    ours &&
    known &&
    message.state !== 'failed' &&
    now < Date.parse(message.sent_at ?? message.created_at) + seconds * 1000
  const sends = limits.text.max > 0 || limits.files.max_count > 0
  return {
    reply: sends,
    react: limits.reactions && known && sends,
    edit: sends && within(limits.edit_seconds) && !message.template,
    delete: sends && within(limits.delete_seconds),
  }
}

/** The states of what the network has. */
const arrived = new Set<Message['state']>(['received', 'sent', 'delivered', 'read'])

/** How a message looks while what was asked for is on its way: as it will be. */
export interface Shown {
  text: string
  html: string
  reaction: string
  /** What is on its way. */
  waits: Amendment['kind'][]
}

export function shown(message: Message): Shown {
  const waiting = message.amendments.filter(waits)
  const edit = waiting.findLast((one) => one.kind === 'edit')
  const reaction = waiting.findLast((one) => one.kind === 'reaction')
  return {
    text: edit?.text ?? message.text,
    html: edit ? edit.html : message.html,
    reaction: reaction ? reaction.emoji : message.own_reaction,
    waits: waiting.map((one) => one.kind),
  }
}

export function waits(amendment: Amendment): boolean {
  return amendment.state === 'queued' || amendment.state === 'sending'
}

/** editMessage asks for another text, as somebody typed it; marks are for networks that carry them. */
export function editMessage(message: Message, typed: string, marks: boolean): Promise<string | null> {
  const words = marks ? formatted(typed.trim()) : { text: typed.trim(), html: '' }
  return ask(message, { kind: 'edit', ...words }, () => api.edit(message.id, words))
}

export function withdraw(message: Message): Promise<string | null> {
  return ask(message, { kind: 'delete' }, () => api.withdraw(message.id))
}

/** react sets our side's reaction; the one that stands takes it back. */
export function react(message: Message, emoji: string): Promise<string | null> {
  const next = shown(message).reaction === emoji ? '' : emoji
  return ask(message, { kind: 'reaction', emoji: next }, () =>
    next ? api.react(message.id, next) : api.unreact(message.id),
  )
}

/** again asks once more for what did not come about. */
export function again(message: Message, one: Amendment): Promise<string | null> {
  const { text, html, emoji } = one
  if (one.kind === 'edit') return ask(message, one, () => api.edit(message.id, { text, html }))
  if (one.kind === 'delete') return ask(message, one, () => api.withdraw(message.id))
  return ask(message, one, () => (emoji ? api.react(message.id, emoji) : api.unreact(message.id)))
}

/** drop forgets what did not come about. */
export async function drop(message: Message, one: Amendment): Promise<string | null> {
  try {
    const stored = await api.drop(message.id, one.id)
    inbox.change((state) => void putMessage(state, stored))
    return null
  } catch (error) {
    return errorText(error)
  }
}

/**
 * ask shows what was asked for at once, and takes it back if the server refuses. Everything else
 * of the message may change meanwhile, so only its own mark is touched; and once the stream has
 * told what became of it, the answer is old.
 */
async function ask(
  message: Message,
  wish: Partial<Amendment> & Pick<Amendment, 'kind'>,
  call: () => Promise<Message>,
): Promise<string | null> {
  const local: Amendment = {
    text: '',
    html: '',
    emoji: '',
    ...wish,
    id: `local:${crypto.randomUUID()}`,
    state: 'queued',
    error: null,
  }
  const now = known(message)
  const displaced = now.amendments.filter((one) => one.kind === wish.kind)
  const others = now.amendments.filter((one) => one.kind !== wish.kind)
  inbox.change((state) => void putMessage(state, { ...now, amendments: [...others, local] }))
  try {
    settle(message, local, await call())
    return null
  } catch (error) {
    settle(message, local, null, displaced)
    return errorText(error)
  }
}

/** loaded is a message as it is now, where its thread is loaded. */
export function loaded(message: Message): Message | undefined {
  const thread = inbox.state.threads.get(message.conversation_id)
  return [...(thread?.items ?? []), ...(thread?.pending ?? [])].find((one) => one.id === message.id)
}

const known = (message: Message): Message => loaded(message) ?? message

/** settle has the server's answer, or what stood there before, take the place of a wish that is still shown. */
function settle(message: Message, local: Amendment, stored: Message | null, before: Amendment[] = []): void {
  const now = known(message)
  if (!now.amendments.includes(local)) return
  const rest = now.amendments.filter((one) => one !== local)
  const next = stored
    ? { ...stored, amendments: [...stored.amendments, ...rest.filter((one) => one.id.startsWith('local:'))] }
    : { ...now, amendments: [...rest, ...before] }
  inbox.change((state) => void putMessage(state, next))
}

/** Reactions that people want first. */
const usual = ['👍', '❤️', '🔥', '😁', '🎉', '🙏', '😢', '👎']
const more = [
  '👏',
  '🤝',
  '👌',
  '💯',
  '🤔',
  '😍',
  '🥰',
  '😱',
  '😭',
  '🤯',
  '🤩',
  '👀',
  '😎',
  '🫡',
  '🤗',
  '⚡',
  '🏆',
  '💔',
]

/** emojis are the reactions that a network has, the usual ones first. */
export function emojis(limits: Limits | undefined): { first: string[]; rest: string[] } {
  const all = limits?.emoji ?? []
  const bare = (emoji: string) => emoji.replaceAll('\uFE0F', '')
  const has = (emoji: string) => all.length === 0 || all.some((one) => bare(one) === bare(emoji))
  const first = usual.filter(has)
  const others = all.length === 0 ? more : all
  return { first, rest: others.filter((emoji) => !first.some((one) => bare(one) === bare(emoji))) }
}
