import en from '#/text/en'
import { type Key, t } from '#/text/text'

type Name = Extract<Key, `variable.${string}`>

/** variableName is what a variable of texts is called; one that this page does not know stays as the server writes it. */
export function variableName(variable: string): string {
  const key = `variable.${variable}`
  return key in en ? t(key as Name) : variable
}
