import { useQuery } from '@tanstack/react-query'
import { currentLanguage, t } from '#/text/text'
import { type Block, blocksOf, spansOf } from './markdown'

/** The pages of docs/channels, each loaded when it is asked for. */
const pages = import.meta.glob<string>('../../../../docs/channels/**/*.md', {
  query: '?raw',
  import: 'default',
})

/** pageOf finds a network's page in a language, else in English; undefined where there is none. */
function pageOf(kind: string, language: string): (() => Promise<string>) | undefined {
  const at = (path: string) => pages[`../../../../docs/channels/${path}.md`]
  return at(`${language}/${kind}`) ?? at(kind)
}

/** What to prepare before a network is connected, step by step, and what may go wrong. It is closed until it is asked for. */
export function Guide({ kind }: { kind: string }) {
  const load = pageOf(kind, currentLanguage())
  const page = useQuery({
    queryKey: ['guide', kind, currentLanguage()],
    queryFn: () => load?.() ?? '',
    enabled: load !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!load) return null
  return (
    <details className="rounded-md border border-line px-3 py-2">
      <summary className="min-h-6 cursor-pointer font-medium text-accent text-sm">
        {t('channels.guide')}
      </summary>
      <div className="flex flex-col gap-2.5 pt-2 text-sm">
        {blocksOf(page.data ?? '').map((block, at) => (
          // A page never changes while it is shown.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Piece key={at} block={block} />
        ))}
      </div>
    </details>
  )
}

function Piece({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? null : (
        <h3 className="pt-1.5 font-semibold">
          <Words text={block.text} />
        </h3>
      )
    case 'list': {
      const items = block.items.map((item) => (
        <li key={item.text} className="ps-1">
          <Words text={item.text} />
          {item.under.length > 0 && (
            <ul className="flex list-disc flex-col gap-1 ps-5 pt-1">
              {item.under.map((one) => (
                <li key={one}>
                  <Words text={one} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))
      return block.ordered ? (
        <ol className="flex list-decimal flex-col gap-1 ps-5">{items}</ol>
      ) : (
        <ul className="flex list-disc flex-col gap-1 ps-5">{items}</ul>
      )
    }
    case 'code':
      return (
        <pre dir="ltr" className="rounded-md bg-sunken p-2 font-mono text-xs whitespace-pre-wrap">
          {block.text}
        </pre>
      )
    case 'table':
      return <Rows block={block} />
    default:
      return (
        <p className="text-pretty">
          <Words text={block.text} />
        </p>
      )
  }
}

/** A table as people read it on a narrow page: every row a group, every cell below the name of its column. */
function Rows({ block }: { block: Extract<Block, { kind: 'table' }> }) {
  return (
    <ul className="flex flex-col gap-2">
      {block.rows.map((row) => (
        <li key={row.join()} className="flex flex-col gap-0.5 rounded-md bg-sunken px-2.5 py-2">
          {row.map((cell, at) => (
            <p key={block.head[at]} className={at === 0 ? 'font-medium' : ''}>
              {at > 0 && <span className="text-muted">{block.head[at]}: </span>}
              <Words text={cell} />
            </p>
          ))}
        </li>
      ))}
    </ul>
  )
}

function Words({ text }: { text: string }) {
  return spansOf(text).map(({ kind, text: words, href }, at) => {
    // As above: the text stays as it is.
    const key = `${at}`
    if (kind === 'code')
      return (
        <code
          key={key}
          dir="ltr"
          className="rounded bg-sunken px-1 font-mono text-xs [overflow-wrap:anywhere]"
        >
          {words}
        </code>
      )
    if (kind === 'strong')
      return (
        <strong key={key} dir="auto">
          {words}
        </strong>
      )
    if (kind === 'em')
      return (
        <em key={key} dir="auto">
          {words}
        </em>
      )
    if (kind === 'link')
      return (
        <a
          key={key}
          dir="auto"
          href={href}
          target="_blank"
          rel="noreferrer"
          className="text-accent underline"
        >
          {words}
        </a>
      )
    return words
  })
}
