/**
 * Formatting of answers by chat, as people type it: *bold*, _italic_, ~struck~, `code` and [words](https://address).
 * A sign counts only at the edge of a word, so that 2*3*4 and snake_case stay as they are.
 */

export type Mark = 'bold' | 'italic' | 'strike' | 'code'

/** What stands around the words of each mark. */
export const signs: Record<Mark, string> = { bold: '*', italic: '_', strike: '~', code: '`' }

const tags: Record<string, string> = { '*': 'b', _: 'i', '~': 's', '`': 'code' }

/** A piece of a text: words, or a mark around pieces. */
type Piece = string | { tag: string; href?: string; inside: Piece[] }

export interface Formatted {
  /** Without any signs. */
  text: string
  /** Empty where nothing is formatted. */
  html: string
}

/** formatted is what leaves of a text that was typed. */
export function formatted(typed: string): Formatted {
  const pieces = read(typed)
  const plain = pieces.every((piece) => typeof piece === 'string')
  return { text: words(pieces), html: plain ? '' : pieces.map(written).join('').replaceAll('\n', '<br>') }
}

function words(pieces: Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : wordsOf(piece))).join('')
}

/** wordsOf keeps the address of a link whose words are others: plain text has it nowhere else. */
function wordsOf(piece: Exclude<Piece, string>): string {
  const inside = words(piece.inside)
  return piece.href && piece.href !== inside ? `${inside} (${piece.href})` : inside
}

function written(piece: Piece): string {
  if (typeof piece === 'string') return escaped(piece)
  const href = piece.href ? ` href="${escaped(piece.href)}"` : ''
  return `<${piece.tag}${href}>${piece.inside.map(written).join('')}</${piece.tag}>`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

const link = /^\[([^[\]\n]+)\]\((https?:\/\/[^\s()]+)\)/

/** read finds what is formatted, from left to right. */
function read(text: string): Piece[] {
  const pieces: Piece[] = []
  let said = ''
  let at = 0
  const take = (piece: Piece, length: number) => {
    if (said) pieces.push(said)
    said = ''
    pieces.push(piece)
    at += length
  }
  while (at < text.length) {
    const rest = text.slice(at)
    const found = rest.startsWith('[') ? link.exec(rest) : null
    const close = found ? 0 : closing(text, at)
    if (found) take({ tag: 'a', href: found[2], inside: read(found[1] ?? '') }, found[0].length)
    else if (close > 0) {
      const inside = text.slice(at + 1, close)
      const tag = tags[text.charAt(at)] ?? ''
      take({ tag, inside: tag === 'code' ? [inside] : read(inside) }, inside.length + 2)
    } else {
      // An address is taken whole: what looks like a sign in it is none.
      const address = /^https?:\/\/\S+/.exec(rest)?.[0] ?? text.charAt(at)
      said += address
      at += address.length
    }
  }
  if (said) pieces.push(said)
  return pieces
}

const letter = /[\p{L}\p{N}]/u

/** closing is where the mark that opens here ends, on the same line; 0 where none opens. */
function closing(text: string, open: number): number {
  const sign = text.charAt(open)
  if (!(sign in tags) || letter.test(text.charAt(open - 1)) || !/\S/.test(text.charAt(open + 1))) return 0
  const end = text.indexOf('\n', open)
  const line = end < 0 ? text : text.slice(0, end)
  for (let at = line.indexOf(sign, open + 2); at > 0; at = line.indexOf(sign, at + 1)) {
    if (/\S/.test(line.charAt(at - 1)) && !letter.test(line.charAt(at + 1))) return at
  }
  return 0
}

/** What is read of a DOM node. */
export interface Node {
  nodeName: string
  textContent: string | null
  childNodes: ArrayLike<Node>
  getAttribute?(name: string): string | null
}

const around: Record<string, string> = {
  B: '*',
  STRONG: '*',
  I: '_',
  EM: '_',
  S: '~',
  DEL: '~',
  STRIKE: '~',
  CODE: '`',
}

/** typed is formatted text as somebody would type it. What cannot be typed is left as its words. */
export function typed(nodes: ArrayLike<Node>): string {
  return Array.from(nodes, typedNode).join('')
}

function typedNode(node: Node): string {
  if (node.nodeName === '#text') return node.textContent ?? ''
  const inside = typed(node.childNodes)
  const sign = around[node.nodeName.toUpperCase()]
  if (sign) return inside.trim() ? `${sign}${inside}${sign}` : inside
  switch (node.nodeName.toUpperCase()) {
    case 'BR':
      return '\n'
    case 'P':
    case 'DIV':
      return `${inside}\n`
    case 'A': {
      const href = node.getAttribute?.('href') ?? ''
      return href && href !== inside && /^https?:/.test(href) ? `[${inside}](${href})` : inside
    }
    default:
      return inside
  }
}

/** editable is a message's text for changing it. */
export function editable(text: string, html: string): string {
  if (!html) return text
  return typed(new DOMParser().parseFromString(html, 'text/html').body.childNodes).trim()
}

/** wrapped puts a sign around what is selected, or takes it away where it stands. */
export function wrapped(
  text: string,
  from: number,
  to: number,
  sign: string,
): { text: string; from: number; to: number } {
  const outside = text.charAt(from - 1) === sign && text.charAt(to) === sign
  if (outside)
    return {
      text: text.slice(0, from - 1) + text.slice(from, to) + text.slice(to + 1),
      from: from - 1,
      to: to - 1,
    }
  // Spaces at the edge stay outside: a sign beside one would mean nothing.
  const chosen = text.slice(from, to)
  const begin = from + (chosen.length - chosen.trimStart().length)
  const end = chosen.trim() ? to - (chosen.length - chosen.trimEnd().length) : begin
  return {
    text: text.slice(0, begin) + sign + text.slice(begin, end) + sign + text.slice(end),
    from: begin + 1,
    to: end + 1,
  }
}
