import type { Language } from '#/api/types'
import en from './en'
import { knownLanguage, tongues } from './languages'
import { type ParamsOf, type Phrase, render, type Value } from './phrase'

export type Key = keyof typeof en
export type Catalogue = Record<Key, Phrase>

let language: Language = 'en'
let catalogue: Catalogue = en

/** t is the phrase of a key in the current language. */
export function t<K extends Key>(key: K, ...args: ParamsOf<(typeof en)[K]>): string {
  return render(catalogue[key], language, args[0] as Record<string, Value> | undefined)
}

export function currentLanguage(): Language {
  return language
}

/** locale is what Intl is asked for dates, numbers and names in the current language. */
export function locale(): string {
  return tongues[language].locale
}

/** words picks the current language from what the server says in several; English where it lacks it. */
export function words(said: Partial<Record<Language, string>> | null | undefined): string {
  return said?.[language] || said?.en || ''
}

/** listed is several words in a line, with the comma of the language. */
export function listed(several: readonly string[]): string {
  return several.join(rightToLeft() ? '، ' : ', ')
}

/** rightToLeft tells whether the page is laid out from right to left. */
export function rightToLeft(): boolean {
  return tongues[language].dir === 'rtl'
}

const lazy: Record<Exclude<Language, 'en'>, () => Promise<{ default: Catalogue }>> = {
  ru: () => import('./ru'),
  ar: () => import('./ar'),
}

/** loadCatalogue fetches a catalogue and makes it current; the root renders anew after it. */
export async function loadCatalogue(next: Language): Promise<void> {
  catalogue = next === 'en' ? en : (await lazy[next]()).default
  language = next
  document.documentElement.lang = next
  document.documentElement.dir = tongues[next].dir
}

/** guessLanguage is what a browser asks for until somebody signs in: the first wish that we have. */
export function guessLanguage(): Language {
  const stored = knownLanguage(localStorage.getItem('parley.language'))
  if (stored) return stored
  for (const tag of navigator.languages) {
    const known = knownLanguage(tag)
    if (known) return known
  }
  return 'en'
}
