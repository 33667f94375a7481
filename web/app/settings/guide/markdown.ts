/** A guide as blocks: as much of Markdown as our own pages under docs/channels use. */
export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; ordered: boolean; items: Item[] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; head: string[]; rows: string[][] }

/** One of a list, and the shorter list that may stand under it. */
export interface Item {
  text: string
  under: string[]
}

/** A stretch of text that looks one way. */
export interface Span {
  kind: 'text' | 'code' | 'strong' | 'em' | 'link'
  text: string
  /** Where a link leads; empty of everything else. */
  href: string
}

const item = /^(-|\d+\.) +(.*)$/

/** blocksOf divides a page into blocks. What it does not know is a paragraph. */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = []
  const lines = page.split('\n')
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    const from = at
    if (line.trim() === '') at++
    else if (line.startsWith('```')) {
      at = end(lines, at + 1, (one) => one.startsWith('```'))
      blocks.push({ kind: 'code', text: lines.slice(from + 1, at).join('\n') })
      at++
    } else if (/^#+ /.test(line)) {
      const [marks = '', ...words] = line.split(' ')
      blocks.push({ kind: 'heading', level: marks.length, text: words.join(' ') })
      at++
    } else if (line.startsWith('|')) {
      at = end(lines, at, (one) => !one.startsWith('|'))
      const [head = [], , ...rows] = lines.slice(from, at).map(cells)
      blocks.push({ kind: 'table', head, rows })
    } else if (item.test(line)) {
      at = end(lines, at, (one) => one.trim() === '')
      blocks.push({ kind: 'list', ordered: /^\d/.test(line), items: itemsOf(lines.slice(from, at)) })
    } else {
      at = end(lines, at + 1, (one) => one.trim() === '' || /^(#+ |```|\|)/.test(one) || item.test(one))
      blocks.push({ kind: 'paragraph', text: lines.slice(from, at).join(' ') })
    }
  }
  return blocks
}

/** end is the first line from `at` on that is over, or how many there are. */
function end(lines: string[], at: number, over: (line: string) => boolean): number {
  let here = at
  while (here < lines.length && !over(lines[here] ?? '')) here++
  return here
}

function cells(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}

/** itemsOf joins the lines of a list: those without a mark go on with the item above them, indented marks stand under it. */
function itemsOf(lines: string[]): Item[] {
  const items: Item[] = []
  for (const line of lines) {
    const [, , begun] = item.exec(line) ?? []
    const [, , below] = item.exec(line.trim()) ?? []
    const last = items.at(-1)
    if (begun !== undefined || !last) items.push({ text: begun ?? line.trim(), under: [] })
    else if (below !== undefined) last.under.push(below)
    else if (last.under.length > 0) last.under.push(`${last.under.pop()} ${line.trim()}`)
    else last.text += ` ${line.trim()}`
  }
  return items
}

const span = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)\s]+)\)/g

/** spansOf divides a text by how its parts look. Links lead to the web alone: pages beside this one stay names. */
export function spansOf(text: string): Span[] {
  const spans: Span[] = []
  const add = (kind: Span['kind'], words: string, href = '') => {
    if (words) spans.push({ kind, text: words, href })
  }
  let from = 0
  for (const found of text.matchAll(span)) {
    const [whole, code, strong, em, label = '', href = ''] = found
    add('text', text.slice(from, found.index))
    if (code) add('code', code)
    else if (strong) add('strong', strong)
    else if (em) add('em', em)
    else if (/^https?:\/\//.test(href)) add('link', label, href)
    else add('text', label)
    from = found.index + whole.length
  }
  add('text', text.slice(from))
  return spans
}
