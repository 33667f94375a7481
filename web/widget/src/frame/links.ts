/** A stretch of text, with an address when it is a link. */
export interface Piece {
  text: string
  href?: string
}

const LINK = /\bhttps?:\/\/[^\s<>"'`]+/gi

/**
 * Cuts text into plain stretches and links. Only absolute http and https addresses become links, and only ones without
 * a user name in them: `https://bank.example@evil.example` must not look like the bank.
 */
export function linked(text: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(LINK)) {
    const shown = trim(match[0])
    const href = address(shown)
    if (!href) continue
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) })
    pieces.push({ text: shown, href })
    from = match.index + shown.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from) })
  return pieces
}

/** Leaves out what ends the sentence around the link, and a bracket that was opened before it. */
function trim(link: string): string {
  let round = count(link, ')') - count(link, '(')
  let square = count(link, ']') - count(link, '[')
  let end = link.length
  for (; end > 0; end--) {
    const last = link[end - 1] ?? ''
    if (last === ')' && round > 0) round--
    else if (last === ']' && square > 0) square--
    else if (!'.,;:!?…»”’'.includes(last)) break
  }
  return link.slice(0, end)
}

function count(text: string, char: string): number {
  return text.split(char).length - 1
}

function address(link: string): string | null {
  try {
    const url = new URL(link)
    const web = url.protocol === 'http:' || url.protocol === 'https:'
    return web && url.hostname && !url.username && !url.password ? url.href : null
  } catch {
    return null
  }
}
