/** What quick replies have brought into a draft, so that undo takes back all of it. */
import type { Attachment, ID } from '#/api/types'

export interface Brought {
  text: string
  reply: ID
  files: Attachment[]
  /** It stands in the draft; false once it was taken back. */
  inside: boolean
}

interface Contents {
  replies: ID[]
  attachments: Attachment[]
}

/** Fields break lines each in their own way. */
const squash = (text: string): string => text.replace(/\s+/g, ' ').trim()

/**
 * stepped is the draft's files and replies after a step back or forth through what was
 * typed: a text that a step took out takes along what came with it, and brings it again.
 * A text that somebody changes by hand keeps its files.
 */
export function stepped(brought: Brought[], words: string, draft: Contents): Contents | null {
  const now = squash(words)
  let next = draft
  for (const item of brought) {
    const inside = now.includes(squash(item.text))
    if (inside === item.inside || (item.inside && item.text === '')) continue
    item.inside = inside
    const { replies, attachments } = next
    const ids = new Set(item.files.map((file) => file.id))
    const rest = attachments.filter((file) => !ids.has(file.id))
    const first = replies.lastIndexOf(item.reply)
    next = inside
      ? { replies: [...replies, item.reply], attachments: [...rest, ...item.files] }
      : { replies: replies.filter((_, at) => at !== first), attachments: rest }
  }
  return next === draft ? null : next
}
