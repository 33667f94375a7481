import type { Limits } from '#/api/types'

/** measure counts a text the way the network that carries it does. */
export function measure(text: string, unit: Limits['text']['unit']): number {
  switch (unit) {
    case 'utf16':
      return text.length
    case 'bytes':
      return new TextEncoder().encode(text).length
    case 'segments':
      return segment(text).parts.length
    default:
      return [...text].length
  }
}

export interface Segments {
  /** A character is outside the alphabet of GSM, and the whole text costs more. */
  ucs2: boolean
  /** Septets, or UTF-16 units if ucs2. */
  units: number
  /** UTF-16 units of each SMS. */
  parts: number[]
  /** Units that the last SMS still has room for. */
  left: number
}

// The alphabet of GSM (3GPP TS 23.038, 6.2.1), and what needs an escape in it.
const basic = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]$/u
const extended = /^[\f^{}\\[~\]|€]$/u

/** segment divides a text into SMS exactly as the server does; segments.json holds both to it. */
export function segment(text: string): Segments {
  const characters = [...text]
  const ucs2 = characters.some((one) => !basic.test(one) && !extended.test(one))
  const size = (one: string) => (ucs2 ? one.length : extended.test(one) ? 2 : 1)
  const units = characters.reduce((sum, one) => sum + size(one), 0)
  const [alone, part] = ucs2 ? [70, 67] : [160, 153]
  if (units <= alone) return { ucs2, units, parts: text ? [text.length] : [], left: alone - units }
  const parts: number[] = [0]
  let held = 0
  for (const one of characters) {
    if (held + size(one) > part) {
      parts.push(0)
      held = 0
    }
    held += size(one)
    parts[parts.length - 1] = (parts.at(-1) ?? 0) + one.length
  }
  return { ucs2, units, parts, left: part - held }
}
