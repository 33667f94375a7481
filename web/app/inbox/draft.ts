import { drafts as api } from '#/api/inbox'
import { Problem } from '#/api/problem'
import type { Attachment, Draft, ID, NewButton, NewDraft } from '#/api/types'
import { inbox } from '#/live/store'
import type { MailHead } from './mail/head'
import { inlineFiles, isBlank, plain } from './mail/words'

/** What is being written in one conversation. */
export interface LocalDraft {
  kind: 'reply' | 'note'
  /** The answer where the network knows plain text alone, and the note everywhere. */
  text: string
  /** The answer where it is a mail. It and a note lie side by side: neither becomes the other. */
  html: string
  /** Whom the mail goes to, once somebody has said so; null follows the conversation. */
  mail: MailHead | null
  /** The message that an answer by chat is to, where one was chosen. */
  replyTo: ID | null
  /** Choices below the answer, in rows. */
  buttons: NewButton[][]
  attachments: Attachment[]
  /** The quick replies that it was made of; only this window knows. */
  replies: ID[]
  /** The server's version this one follows; 0 when the server has none. */
  version: number
  /** The last message there was when writing began: an answer after it was not considered. */
  since: number | null
  /** Answers of colleagues that were about to leave by then. */
  sincePending: ID[]
  /** True while the server does not know the latest letters. */
  dirty: boolean
  /** Words from another window that this one is about to replace. */
  other: Words | null
}

/** What is typed, without whom it is for. */
export type Words = Pick<LocalDraft, 'text' | 'html'>

export const emptyDraft: LocalDraft = {
  kind: 'reply',
  text: '',
  html: '',
  mail: null,
  replyTo: null,
  buttons: [],
  attachments: [],
  replies: [],
  version: 0,
  since: null,
  sincePending: [],
  dirty: false,
  other: null,
}

/** isEmpty is true when nothing would be lost with it. */
export function isEmpty(draft: Pick<LocalDraft, 'text' | 'html' | 'attachments'>): boolean {
  return draft.text.trim() === '' && isBlank(draft.html) && draft.attachments.length === 0
}

/** wordsOf is what a draft says, for a line that shows it. */
export function wordsOf(words: Words): string {
  return words.text || plain(words.html)
}

interface DraftServer {
  get: (id: ID) => Promise<Draft>
  put: (id: ID, body: NewDraft) => Promise<Draft>
  remove: (id: ID) => Promise<void>
}

interface Shelf {
  getItem: (key: string) => string | null
  setItem: (key: string, value: string) => void
  removeItem: (key: string) => void
}

/**
 * createDrafts keeps every letter in three places: in memory at once, on the browser's
 * own shelf in the same instant (a crash loses nothing), and on the server a moment
 * after the last key (another browser shows it).
 */
export function createDrafts(server: DraftServer, shelf: () => Shelf, owner: () => ID, delay = 700) {
  const drafts = new Map<ID, LocalDraft>()
  const timers = new Map<ID, ReturnType<typeof setTimeout>>()
  // Two at once would follow the same version, and one of them be refused.
  const saving = new Set<ID>()
  const listeners = new Set<() => void>()
  const rounds = new Map<string, number>()
  /** The version that an answer was made of: the server may still have it while the answer waits for a connection. */
  const leaving = new Map<string, number>()
  // People may share a browser; their drafts stay apart.
  const key = (id: ID) => `parley.draft.${owner()}.${id}`
  const otherKey = (id: ID) => `parley.draft-other.${owner()}.${id}`

  function set(id: ID, draft: LocalDraft): void {
    drafts.set(key(id), draft)
    // What another window wrote may be nowhere else by now: it stays until somebody has looked at it.
    if (draft.other) shelf().setItem(otherKey(id), JSON.stringify(draft.other))
    else shelf().removeItem(otherKey(id))
    if (draft.dirty) shelf().setItem(key(id), JSON.stringify(draft))
    else shelf().removeItem(key(id))
    for (const listener of listeners) listener()
  }

  /** round tells what is being written now from what was and has left: that had a lower number. */
  const round = (id: ID): number => rounds.get(key(id)) ?? 0

  /** clear begins anew: what was written has left. What is written next follows it, wherever the answer is by then. */
  function clear(id: ID): void {
    clearTimeout(timers.get(id))
    rounds.set(key(id), round(id) + 1)
    const { kind, other, version } = get(id)
    leaves(id, version)
    set(id, { ...emptyDraft, kind, other, version })
  }

  function get(id: ID): LocalDraft {
    return drafts.get(key(id)) ?? emptyDraft
  }

  function fromShelf(place: string): Partial<LocalDraft> | null {
    try {
      return JSON.parse(shelf().getItem(place) ?? 'null')
    } catch {
      return null
    }
  }

  /** open fetches what was left here; letters not yet on the server win over the server's. */
  async function open(id: ID): Promise<void> {
    const known = drafts.get(key(id))
    if (!known) {
      const other = fromShelf(otherKey(id)) as Words | null
      const kept = fromShelf(key(id))
      if (kept || other) set(id, { ...emptyDraft, ...kept, other })
    }
    if (get(id).dirty) schedule(id)
    const asked = get(id)
    try {
      const found = await server.get(id)
      const now = get(id)
      if (now.dirty) {
        const other = found.version > now.version ? differing(id, found, now) : now.other
        set(id, { ...now, version: found.version, other })
        return
      }
      // What was written and saved here since is newer than what the server had to say before.
      if (now !== asked && found.version <= now.version) return
      const { kind, text, version } = found
      if (hasLeft(id, version)) {
        set(id, { ...now, version })
        return
      }
      // An empty one says nothing of what is to be written; the choice made here stays.
      if (version === 0 && (now.version === 0 || hasLeft(id, now.version))) return
      set(id, {
        ...now,
        kind,
        text,
        html: found.html,
        mail: found.mail,
        replyTo: found.reply_to,
        buttons: found.buttons ?? [],
        version,
        attachments: named(beside(found), now.attachments),
        dirty: false,
      })
    } catch {
      // No server: what is here stays.
    }
  }

  function edit(id: ID, change: Partial<LocalDraft>): void {
    set(id, { ...get(id), ...change, dirty: true })
    schedule(id)
  }

  function schedule(id: ID, wait = delay): void {
    clearTimeout(timers.get(id))
    timers.set(
      id,
      setTimeout(() => void save(id), wait),
    )
  }

  async function save(id: ID): Promise<void> {
    clearTimeout(timers.get(id))
    const draft = get(id)
    if (!draft.dirty || saving.has(id)) return
    saving.add(id)
    try {
      await put(id, draft)
    } finally {
      saving.delete(id)
    }
  }

  async function put(id: ID, draft: LocalDraft): Promise<void> {
    const began = round(id)
    const body = {
      kind: draft.kind,
      text: draft.text,
      html: isBlank(draft.html) ? '' : draft.html,
      mail: draft.mail,
      reply_to: draft.replyTo,
      buttons: draft.buttons,
      attachments: filesOf(draft),
      version: draft.version,
    }
    try {
      const nothing =
        isEmpty(draft) &&
        draft.text === '' &&
        draft.mail === null &&
        draft.replyTo === null &&
        draft.buttons.length === 0
      const version = nothing ? await server.remove(id).then(() => 0) : (await server.put(id, body)).version
      const now = get(id)
      const same = saved.every((field) => now[field] === draft[field])
      set(id, { ...now, version, dirty: !same })
      // What was sent meanwhile does not know this version: it is to go at once.
      if (!same) schedule(id, round(id) === began ? delay : 0)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.status === 409) await rebase(id)
      else if (error.offline || error.status === 401 || error.status >= 500) {
        // It may have come all the same, and what was sent meanwhile does not know it.
        if (round(id) !== began) set(id, { ...get(id), dirty: true })
        timers.set(
          id,
          setTimeout(() => void save(id), delay * 5),
        )
      }
    }
  }

  /** rebase keeps what is typed here and sets aside what another window saved. */
  async function rebase(id: ID): Promise<void> {
    try {
      const found = await server.get(id)
      const now = get(id)
      set(id, { ...now, version: found.version, other: differing(id, found, now) ?? now.other })
    } catch {
      set(id, { ...get(id), version: 0 })
    }
    schedule(id)
  }

  /** sent empties this window's draft when the same words have left from another window. */
  function sent(id: ID, text: string): void {
    const draft = drafts.get(key(id))
    if (!draft || draft.text.trim() === '' || draft.text.trim() !== text.trim()) return
    clear(id)
  }

  /** leaves hears that an answer made of this version is on its way: the server throws that away with it. */
  function leaves(id: ID, version: number): void {
    leaving.set(key(id), version)
  }

  function hasLeft(id: ID, version: number): boolean {
    return version !== 0 && version === leaving.get(key(id))
  }

  /** differing is what another window wrote, when that is something else. */
  function differing(id: ID, found: Draft, now: LocalDraft): Words | null {
    const words = { text: found.text, html: found.html }
    const nothing = (words.text === '' && isBlank(words.html)) || hasLeft(id, found.version)
    return nothing || (words.text === now.text && words.html === now.html) ? null : words
  }

  return {
    get,
    round,
    open,
    edit,
    save,
    sent,
    leaves,
    clear,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** What of a draft the server keeps. */
const saved = ['kind', 'text', 'html', 'mail', 'replyTo', 'buttons', 'attachments'] as const

/** filesOf is every file of a draft: those beside the text, and the pictures in it. */
export function filesOf(draft: Pick<LocalDraft, 'html' | 'attachments'>): ID[] {
  return [...new Set([...draft.attachments.map((file) => file.id), ...inlineFiles(draft.html)])]
}

/** beside is the files that are not pictures in the text. */
function beside(found: Draft): ID[] {
  const inline = inlineFiles(found.html)
  return found.attachments.filter((id) => !inline.includes(id))
}

/** The server keeps file ids; names are known where the files were added. */
function named(ids: ID[], known: Attachment[]): Attachment[] {
  return ids.map(
    (id) =>
      known.find((file) => file.id === id) ?? {
        id,
        name: '',
        type: '',
        size: 0,
        url: `/api/v1/files/${id}`,
        image: false,
        inline: false,
        content_id: '',
      },
  )
}

export const drafts = createDrafts(
  api,
  () => localStorage,
  () => inbox.state.me,
)
