import type { Button, ButtonLimit, NewButton } from '#/api/types'
import { measure } from '#/text/measure'

/** The most buttons a message may have, whatever its network takes. */
export const maxButtons = 30

/** written is the buttons that say something, in their rows. */
export function written(rows: NewButton[][]): NewButton[][] {
  return rows.map((row) => row.filter((button) => button.text.trim() !== '')).filter((row) => row.length > 0)
}

/** whole is a button as the server shows it. */
export function whole({ text, data, url }: NewButton): Button {
  return { text, data: data || (url ? '' : text), url: url ?? '' }
}

/** Why a network cannot show buttons as such; they become numbered lines of the text. */
export type Shortcoming = 'none' | 'many' | 'long' | 'links' | 'files'

/** shortcoming tells what keeps a network from showing these buttons; null when it can. */
export function shortcoming(
  rows: NewButton[][],
  limit: ButtonLimit | undefined,
  files: number,
): Shortcoming | null {
  const all = written(rows).flat()
  if (!limit || all.length === 0) return null
  if (limit.max === 0) return 'none'
  if (all.length > limit.max) return 'many'
  if (all.some(({ text }) => measure(text.trim(), limit.text.unit) > limit.text.max)) return 'long'
  if (!limit.links && all.some(({ url }) => url)) return 'links'
  return files > 0 && !limit.with_files ? 'files' : null
}

/** numbered is the text as it leaves where a network has no buttons. */
export function numbered(text: string, rows: NewButton[][]): string {
  let n = 0
  const lines = written(rows)
    .flat()
    .map(({ text, url }) => (url ? `${text.trim()}: ${url}` : `${++n}. ${text.trim()}`))
  return lines.length === 0 ? text : `${text}\n\n${lines.join('\n')}`
}
