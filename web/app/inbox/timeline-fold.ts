import type { TimelineEntry } from '#/api/types'

/** How long after a deed its undoing still belongs to it. */
const soon = 60_000

/** One line: what was done, and whether it was taken back at once. */
export interface Folded {
  entry: TimelineEntry
  takenBack: boolean
}

/**
 * fold makes one line of what is one deed: who was given a conversation says it together with why, and what was taken back
 * at once says so itself. Entries come in the order in which they happened.
 */
export function fold(entries: TimelineEntry[]): Folded[] {
  const lines: Folded[] = []
  /** The assignments that decisions tell of. */
  const told = new Map<TimelineEntry, TimelineEntry>()
  const done = (line: Folded) => told.get(line.entry) ?? line.entry
  for (const entry of entries) {
    const why = entry.type === 'assignment' && entries.find((other) => saysWhy(other, entry))
    if (why) {
      told.set(why, entry)
      continue
    }
    const deed = lines.findLast((line) => ofOne(entry, done(line)))
    if (deed && !deed.takenBack && undoes(entry, done(deed))) deed.takenBack = true
    else lines.push({ entry, takenBack: false })
  }
  return lines
}

/** saysWhy tells whether a decision tells of this very assignment. */
const saysWhy = (decision: TimelineEntry, assignment: TimelineEntry): boolean =>
  decision.type === 'routing' &&
  decision.at === assignment.at &&
  decision.data.agent_id === assignment.data.to

/** What an entry is about, where there are several of one type. */
const about = ['merge_id', 'split_id', 'conversation_id', 'request_id', 'lead_id', 'message_id']

/** The type of what an entry may undo: most are undone by their own kind. */
const undone = ({ type }: TimelineEntry): string => (type === 'restored' ? 'deleted' : type)

/** ofOne tells whether an entry may be about what a deed was about. */
const ofOne = (entry: TimelineEntry, deed: TimelineEntry): boolean =>
  deed.type === undone(entry) && about.every((name) => entry.data[name] === deed.data[name])

function undoes(entry: TimelineEntry, deed: TimelineEntry): boolean {
  const { data: after, cause } = entry
  const { data: before } = deed
  if (Date.parse(entry.at) - Date.parse(deed.at) > soon) return false
  if (cause?.kind !== 'agent' || cause.kind !== deed.cause?.kind || cause.id !== deed.cause.id) return false
  if (entry.type === 'restored') return true
  if (after.undone === true) return before.undone !== true
  return 'from' in after && 'to' in before && same(after.from, before.to) && same(after.to, before.from)
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
