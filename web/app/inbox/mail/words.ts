/** What the editor's HTML holds, judged by its text alone: no document is built for it. */

const signature = /<section class="parley-signature">[\s\S]*?<\/section>/g
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' }

/** isBlank is true when nobody has written anything: a signature and empty lines do not count. */
export function isBlank(html: string): boolean {
  const rest = html.replace(signature, '')
  return !/<img\b/i.test(rest) && plain(rest) === ''
}

/** plain is the readable text of the editor's HTML, for a line in a list and while a mail is on its way. */
export function plain(html: string): string {
  return html
    .replace(/<li>/g, '• ')
    .replace(/<\/div>(?=<\/(li|blockquote)>)/g, '')
    .replace(/<\/(p|li|h\d|blockquote|div)>|<br\s*\/?>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** fromPlain makes lines of plain text, as the editor has them. */
export function fromPlain(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `<div>${escaped(line)}</div>`)
    .join('')
}

export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

/** quote is a mail's own words as a quotation under a line that says whose they are. */
export function quote(intro: string, text: string): string {
  return `<div>${escaped(intro)}</div><blockquote>${fromPlain(text)}</blockquote><div></div>`
}

/** start is an empty mail: a line to write in and, below it, the signature. */
export function start(signature: string): string {
  return `<div></div>${signature.trim() ? `<section class="parley-signature">${signature}</section>` : ''}`
}

/** inlineFiles are the ids of the pictures that stand in the text, named by the editor or by their address here. */
export function inlineFiles(html: string): string[] {
  const named = /<img\b[^>]*?\b(?:data-file="|src="\/api\/v1\/files\/)(\d+)"/g
  return [...html.matchAll(named)].map((match) => match[1] ?? '')
}
