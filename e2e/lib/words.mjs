import { readdir, readFile } from 'node:fs/promises'

const folder = new URL('../../web/app/text/', import.meta.url)

/**
 * The phrases of the page in a language, by their keys, for stories that are told in several. A phrase without holes is a text,
 * any other a pattern that fits whatever fills them.
 */
export async function wordsOf(language) {
  const phrases = {}
  for (const name of await readdir(new URL(`${language}/`, folder))) {
    if (name === 'index.ts') continue
    const source = await readFile(new URL(`${language}/${name}`, folder), 'utf8')
    // The catalogues are plain objects; what the compiler alone reads is left away.
    const plain = source
      .replace(/^import type .*$/gm, '')
      .replace(/^(export const \w+)(?:: [^=]+)? =/gm, '$1 =')
      .replace(/^\} as const.*$/gm, '}')
    for (const part of Object.values(await import(`data:text/javascript,${encodeURIComponent(plain)}`)))
      Object.assign(phrases, part)
  }
  return (key) => {
    if (!(key in phrases)) throw new Error(`no phrase ${key} in ${language}`)
    const phrase = phrases[key]
    if (typeof phrase === 'string' && !phrase.includes('{')) return phrase
    const forms = typeof phrase === 'string' ? [phrase] : Object.values(phrase)
    const fits = forms.map((form) =>
      form
        .split(/\{\w+\}/)
        .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.+'),
    )
    return new RegExp(`^(?:${fits.join('|')})$`)
  }
}
