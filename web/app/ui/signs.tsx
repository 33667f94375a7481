import type { ReactNode } from 'react'

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

/** A name with its sign, or a command, and others of them right behind. */
const signed = /(?<![^\s(«])([@/][a-z]\w*(?:: [@/][a-z]\w*)*)/i

/** withSigns keeps the sign of "@name" and "/command" before its word where the words around them run from right to left. */
export function withSigns(text: string): ReactNode {
  if (!rightToLeft.test(text)) return text
  return text.split(new RegExp(signed, 'gi')).map((part, index) =>
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
