/** Whom a note names with an @, as the server reads it, and whom what was begun may mean. */
import type { Agent, Conversation } from '#/api/types'

type Person = Pick<Agent, 'id' | 'name'>

/** What was typed to find a colleague, and how many characters before the cursor it takes. */
export interface Naming {
  query: string
  length: number
}

const within = /[\p{L}\p{Nd}_]/u

/** naming reads "@words" right before the cursor; an @ inside a word is an address. */
export function naming(before: string): Naming | null {
  const found = /(?:^|[^\p{L}\p{Nd}_])(@(?:[^\s@][^\n@]{0,39})?)$/u.exec(before)
  return found?.[1] ? { query: found[1].slice(1), length: found[1].length } : null
}

/** Small letters, ё as е, one letter for one, so that places stay the same. */
const fold = (text: string) =>
  Array.from(text, (letter) => {
    const small = letter.toLowerCase()
    return small.length === letter.length ? small.replace('ё', 'е') : letter
  }).join('')

/** meant keeps those of whose name some word begins so; who is called so from the start comes first. */
export function meant<T extends Person>(people: T[], query: string): T[] {
  const begun = fold(query)
  const place = ({ name }: T) => {
    const whole = fold(name)
    if (whole.startsWith(begun)) return 0
    return whole.split(/\s+/).some((word) => word.startsWith(begun)) ? 1 : 2
  }
  return people
    .filter((person) => place(person) < 2)
    .sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name))
}

/** A stretch of a text that names somebody; of those who are called the same, all. */
export interface Named {
  start: number
  end: number
  people: string[]
}

/** named finds who is named: an @ before the whole name, or before its first word where only one begins so. */
export function named(text: string, people: Person[]): Named[] {
  const folded = fold(text)
  const names = callable(people)
  const found: Named[] = []
  for (let at = folded.indexOf('@'); at >= 0; at = folded.indexOf('@', at + 1)) {
    if (at > 0 && within.test(Array.from(folded.slice(0, at)).at(-1) ?? '')) continue
    const name = names.find(({ call }) => {
      const after = folded.slice(at + 1 + call.length)
      return folded.startsWith(call, at + 1) && !within.test(Array.from(after.slice(0, 2))[0] ?? '')
    })
    if (name) found.push({ start: at, end: at + 1 + name.call.length, people: name.of })
  }
  return found
}

/** callable are the names by which people may be called, the longest first. */
function callable(people: Person[]): { call: string; of: string[] }[] {
  const whole = new Map<string, string[]>()
  const first = new Map<string, string[]>()
  for (const { id, name } of people) {
    const call = fold(name.trim().replace(/\s+/g, ' '))
    if (!call) continue
    const head = call.split(' ')[0] ?? call
    whole.set(call, [...(whole.get(call) ?? []), id])
    first.set(head, [...(first.get(head) ?? []), id])
  }
  for (const [head, of] of first) if (of.length === 1 && !whole.has(head)) whole.set(head, of)
  return [...whole].map(([call, of]) => ({ call, of })).sort((a, b) => b.call.length - a.call.length)
}

/** sees tells whether a colleague may see a conversation: who may not is not told of it. */
export function sees(
  { id, role, access, team_ids }: Pick<Agent, 'id' | 'role' | 'access' | 'team_ids'>,
  conversation: Pick<Conversation, 'account_id' | 'assignee_id' | 'team_id'>,
): boolean {
  const accounts = access.account_ids ?? []
  if (role === 'admin') return true
  if (accounts.length > 0 && !accounts.includes(conversation.account_id)) return false
  if (conversation.assignee_id === id || access.conversations === 'all') return true
  if (access.conversations === 'own') return false
  return conversation.team_id === null || team_ids.includes(conversation.team_id)
}
