import { type ReactNode, useMemo } from 'react'
import { isolated, RichText } from './rich-text'

/** A message's text as its author set it, where the network keeps that, else as plain text. */
export function MessageText({ text, html }: { text: string; html: string }) {
  const formatted = useMemo(() => (html ? renderNodes(parse(html).childNodes) : null), [html])
  if (!formatted) return <RichText text={text} />
  return (
    <div dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {formatted}
    </div>
  )
}

/** What is read of a DOM node. */
export interface Reading {
  nodeName: string
  textContent: string | null
  childNodes: ArrayLike<Reading>
  getAttribute?(name: string): string | null
}

/**
 * renderNodes builds what is known anew and keeps of everything else the words alone. The server has cleaned
 * the HTML; building it from elements keeps the page safe even where that should have let something through.
 */
export function renderNodes(nodes: ArrayLike<Reading>): ReactNode[] {
  return Array.from(nodes, renderNode)
}

function renderNode(node: Reading, key: number): ReactNode {
  if (node.nodeName === '#text') return isolated(node.textContent ?? '')
  const inside = renderNodes(node.childNodes)
  switch (node.nodeName.toLowerCase()) {
    case 'b':
    case 'strong':
      return <strong key={key}>{inside}</strong>
    case 'i':
    case 'em':
      return <em key={key}>{inside}</em>
    case 'u':
    case 'ins':
      return <u key={key}>{inside}</u>
    case 's':
    case 'del':
    case 'strike':
      return <s key={key}>{inside}</s>
    case 'code':
      return <code key={key}>{inside}</code>
    case 'pre':
      return (
        <pre key={key} className="overflow-x-auto">
          {inside}
        </pre>
      )
    case 'br':
      return <br key={key} />
    case 'p':
    case 'div':
      return <p key={key}>{inside}</p>
    case 'blockquote':
      return (
        <blockquote key={key} className="border-line-strong border-s-2 ps-2">
          {inside}
        </blockquote>
      )
    case 'ul':
      return (
        <ul key={key} className="list-disc ps-5">
          {inside}
        </ul>
      )
    case 'ol':
      return (
        <ol key={key} className="list-decimal ps-5">
          {inside}
        </ol>
      )
    case 'li':
      return <li key={key}>{inside}</li>
    case 'a':
      return <Link key={key} href={node.getAttribute?.('href') ?? ''} inside={inside} />
    case 'script':
    case 'style':
    case '#comment':
      return null
    default:
      return <span key={key}>{inside}</span>
  }
}

/** A link that leads somewhere a click may lead; any other is its words. */
function Link({ href, inside }: { href: string; inside: ReactNode[] }) {
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(href)) return <span>{inside}</span>
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      className="text-accent underline underline-offset-2"
    >
      {inside}
    </a>
  )
}

/** parse reads HTML into a document that runs and loads nothing. */
function parse(html: string): Reading {
  return new DOMParser().parseFromString(html, 'text/html').body
}
