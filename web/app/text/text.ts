import type { Language } from '#/api/types'
import en from './en'
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

/** loadCatalogue fetches a catalogue and makes it current; the root renders anew after it. */
export async function loadCatalogue(next: Language): Promise<void> {
  catalogue = next === 'ru' ? (await import('./ru')).default : en
  language = next
  document.documentElement.lang = next
  document.documentElement.dir = 'ltr'
}

/** guessLanguage is what a browser asks for until somebody signs in. */
export function guessLanguage(): Language {
  const stored = localStorage.getItem('parley.language')
  if (stored === 'ru' || stored === 'en') return stored
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('ru')) ? 'ru' : 'en'
}
