import type { Language } from '#/api/types'

/** Tongue is what the page has to know of a language beside its phrases. */
export interface Tongue {
  /** name is what its own speakers call it. */
  name: string
  dir: 'ltr' | 'rtl'
  /**
   * locale is how Intl writes dates and numbers. Arabic is written with the digits 0-9, the
   * Gregorian calendar and 24 hours everywhere: see docs/decisions.md.
   */
  locale: string
}

/** tongues are the languages of the page, in the order in which they are offered. */
export const tongues: Readonly<Record<Language, Tongue>> = {
  en: { name: 'English', dir: 'ltr', locale: 'en-GB' },
  ru: { name: 'Русский', dir: 'ltr', locale: 'ru-RU' },
  ar: { name: 'العربية', dir: 'rtl', locale: 'ar-u-ca-gregory-hc-h23-nu-latn' },
}

/** languages are the codes of tongues. */
export const languages = Object.keys(tongues) as Language[]

/** knownLanguage is a language tag as one of ours; null when it is none. */
export function knownLanguage(tag: string | null | undefined): Language | null {
  const base = tag?.toLowerCase().split(/[-_]/)[0]
  return languages.find((one) => one === base) ?? null
}
