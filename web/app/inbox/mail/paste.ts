/**
 * tamed is pasted HTML before a document is built of it. Styles and handlers would not
 * run, but the page's policy would complain of each; what emphasis there is in a style
 * stays readable for the editor.
 */
export function tamed(html: string): string {
  return html
    .replace(/<(style|script)\b[\s\S]*?(<\/\1\s*>|$)/gi, '')
    .replace(/<[a-z][^<>]*>/gi, (tag) =>
      tag.replace(/\son\w+\s*=\s*("[^"]*"|'[^']*'|[^\s>]*)/gi, '').replace(/\sstyle\s*=/gi, ' data-style='),
    )
}

const bold = /font-weight:\s*(bold|[6-9]00)/i
const thin = /font-weight:\s*(normal|[1-5]00)/i
const slanted = /font-style:\s*italic/i

/** The styles by which word processors say what others say by an element. */
export const emphasis = {
  bold: (style: string | null) => bold.test(style ?? ''),
  thin: (style: string | null) => thin.test(style ?? ''),
  slanted: (style: string | null) => slanted.test(style ?? ''),
}

/** fileAt is the id of the file of ours that an address leads to; what browsers copy names the host, too. */
export function fileAt(address: string, origin: string): string | null {
  const path = address.startsWith(`${origin}/`) ? address.slice(origin.length) : address
  return /^\/api\/v1\/files\/(\d+)(?:[?#].*)?$/.exec(path)?.[1] ?? null
}
