import type { Limits } from '#/api/types'

const gsm7 = /^[\n\r !-Z_a-z¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ@$^{}\\[\]~|€]*$/u

/** measure counts a text the way the network that carries it does. */
export function measure(text: string, unit: Limits['text']['unit']): number {
  switch (unit) {
    case 'utf16':
      return text.length
    case 'bytes':
      return new TextEncoder().encode(text).length
    case 'segments':
      return segments(text)
    default:
      return [...text].length
  }
}

/** segments of an SMS: 160 or 153 septets in the GSM alphabet, else 70 or 67 UTF-16 units (3GPP TS 23.040). */
function segments(text: string): number {
  if (text === '') return 0
  const plain = gsm7.test(text)
  const length = plain ? text.length + (text.match(/[\^{}\\[\]~|€]/gu)?.length ?? 0) : text.length
  const [single, part] = plain ? [160, 153] : [70, 67]
  return length <= single ? 1 : Math.ceil(length / part)
}
