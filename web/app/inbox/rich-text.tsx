import { Fragment, type ReactNode } from 'react'

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u
const numbers = /(\+?\d[\d\s().-]{5,}\d)/

/**
 * isolated keeps the digits of a telephone number in their order where the words around it run from right
 * to left; other text comes back as it is.
 */
export function isolated(text: string): ReactNode {
  if (!rightToLeft.test(text)) return text
  return text.split(numbers).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      <bdi key={index} dir="ltr">
        {part}
      </bdi>
    ) : (
      part
    ),
  )
}

const links = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}»])/g

interface RichTextProps {
  text: string
  /** How what is no address is shown. */
  render?: (part: string) => ReactNode
}

/** Plain text with its line breaks, and web addresses as links. */
export function RichText({ text, render = isolated }: RichTextProps) {
  return (
    <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {text.split(links).map((part, index) =>
        index % 2 === 1 ? (
          <a
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
            key={index}
            dir="ltr"
            href={part}
            target="_blank"
            rel="noreferrer noopener"
            className="text-accent underline underline-offset-2"
          >
            {part}
          </a>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
          <Fragment key={index}>{render(part)}</Fragment>
        ),
      )}
    </p>
  )
}
