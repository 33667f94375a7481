import type { Limits } from '#/api/types'
import { measure } from '#/text/measure'
import { numbered, shortcoming } from './buttons'
import type { LocalDraft } from './draft'
import { formatted } from './markup'

/** What of a draft would leave, and whether the network would take it. */
export interface Leaving {
  /** What is typed may be formatted. */
  marks: boolean
  /** The text as it is counted: without marks, with the lines that buttons become. */
  leaves: string
  tooLong: boolean
}

/** leaving is for answers by chat and for notes, which have no limits; a mail is measured by nobody. */
export function leaving(draft: LocalDraft, chat: boolean, limits: Limits | undefined): Leaving {
  const marks = chat && Boolean(limits?.html)
  const plain = marks ? formatted(draft.text.trim()).text : draft.text.trim()
  const inText = chat && shortcoming(draft.buttons, limits?.buttons, draft.attachments.length) !== null
  const leaves = inText ? numbered(plain, draft.buttons) : plain
  const max = limits?.text.max ?? 0
  return { marks, leaves, tooLong: max > 0 && measure(leaves, limits?.text.unit ?? 'runes') > max }
}
