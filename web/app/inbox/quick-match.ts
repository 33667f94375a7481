import type { QuickReply } from '#/api/types'

/** What was typed to find a quick reply, and how many characters before the cursor it takes. */
export interface Trigger {
  query: string
  length: number
}

/** trigger reads "/words" right before the cursor: at the beginning, or after a space. */
export function trigger(before: string): Trigger | null {
  const found = /(?:^|\s)(\/(?:[^\s/][^\n/]{0,39})?)$/.exec(before)
  return found?.[1] ? { query: found[1].slice(1), length: found[1].length } : null
}

const fold = (text: string) => text.toLowerCase().replaceAll('ё', 'е')

/** matching keeps replies that hold every word, the best places first; equals keep the order of their use. */
export function matching(list: QuickReply[], query: string, folder: string): QuickReply[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  return list
    .filter((reply) => !folder || reply.folder === folder)
    .map((reply) => ({ reply, place: Math.max(0, ...words.map((word) => place(reply, word))) }))
    .filter((item) => item.place < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.place - b.place)
    .map((item) => item.reply)
}

function place(reply: QuickReply, word: string): number {
  const [shortcut, name] = [fold(reply.shortcut), fold(reply.name)]
  if (shortcut === word) return 0
  if (shortcut.startsWith(word)) return 1
  if (name.startsWith(word) || name.includes(` ${word}`)) return 2
  if (name.includes(word) || shortcut.includes(word)) return 3
  return fold(`${reply.folder}\n${reply.text}`).includes(word) ? 4 : Number.POSITIVE_INFINITY
}

/** foldersOf lists the folders of replies by name. */
export function foldersOf(list: QuickReply[]): string[] {
  return [...new Set(list.map((reply) => reply.folder))].filter(Boolean).sort((a, b) => a.localeCompare(b))
}

/** readable is a reply as it stands, without the signs that only its writer needs. */
export function readable(text: string, nameOf: (variable: string) => string): string {
  return text
    .replace(/\{\{\s*ask:\s*["'«“„]([^"'»”“]*)["'»”“][^}]*\}\}/g, '[[$1]]')
    .replace(/\{\{\s*([a-z_.]+)[^}]*\}\}/g, (_, variable: string) => `‹${nameOf(variable)}›`)
    .replace(/\{%[^%]*%\}/g, '')
}

/** A blank that nobody has filled in yet, as the server leaves it in a text. */
const blank = /\[\[([^[\]\n\r]{1,400})\]\]/g

/** openBlanks are the questions that a text still asks. */
export function openBlanks(text: string): string[] {
  return [...text.matchAll(blank)].map((found) => (found[1] ?? '').trim())
}

/** nextBlank is where the next blank stands, from a place on and then from the beginning. */
export function nextBlank(text: string, from: number): [start: number, end: number] | null {
  const all = [...text.matchAll(blank)]
  const found = all.find((item) => item.index >= from) ?? all[0]
  return found ? [found.index, found.index + found[0].length] : null
}
