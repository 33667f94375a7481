import { locale } from './text'

/** languageName is a language in the reader's own words; a code that nobody knows stays as it is. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: 'language' }).of(code.replace('_', '-')) ?? code
  } catch {
    return code // no code of any language
  }
}
