import { tongues } from './languages'

/**
 * Phrases and their parameters.
 *
 * A phrase is a string with {names}, or a set of plural forms chosen by {n} with
 * Intl.PluralRules. English is the source: its keys and parameters are types, so a
 * missing translation or a forgotten parameter does not compile. Fixed catalogues in
 * plain TypeScript need no macro in the build and nothing but a lookup at run time.
 */
export interface Plural {
  zero?: string
  one?: string
  two?: string
  few?: string
  many?: string
  other: string
}

export type Phrase = string | Plural
export type Value = string | number

type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type Forms<P> = P extends string ? Names<P> : P extends Plural ? Names<P[keyof P]> | 'n' : never

/** ParamsOf is the arguments a phrase needs after its key: none, or one object. */
export type ParamsOf<P> = [Forms<P>] extends [never]
  ? []
  : [params: { [Name in Forms<P>]: Name extends 'n' ? number : Value }]

/**
 * render fills a phrase in. Unknown names stay visible, which a test would catch. A value that
 * runs against the direction of the language stands apart, so that a phone number or a name does
 * not change places with what stands beside it. A `number` is a name and not an amount: its digits are not grouped.
 */
export function render(phrase: Phrase, language: string, params: Record<string, Value> = {}): string {
  const form =
    typeof phrase === 'string' ? phrase : (phrase[pluralForm(language, Number(params.n))] ?? phrase.other)
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    if (value === undefined) return whole
    if (typeof value !== 'number') return isolate(value, language)
    return name === 'number' ? String(value) : number(language).format(value)
  })
}

const arabicOnly = /^[\p{Script=Arabic}\p{Script=Inherited}\p{P}\p{Z}]*$/u
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u

/** isolate wraps a text of the other direction in FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE. */
function isolate(value: string, language: string): string {
  const foreign =
    tongues[language as keyof typeof tongues]?.dir === 'rtl'
      ? !arabicOnly.test(value)
      : rightToLeft.test(value)
  return foreign ? `\u2068${value}\u2069` : value
}

const rules = new Map<string, Intl.PluralRules>()
const numbers = new Map<string, Intl.NumberFormat>()

function pluralForm(language: string, n: number): keyof Plural {
  const rule = rules.get(language) ?? new Intl.PluralRules(language)
  rules.set(language, rule)
  return rule.select(n) as keyof Plural
}

function number(language: string): Intl.NumberFormat {
  const format =
    numbers.get(language) ??
    new Intl.NumberFormat(tongues[language as keyof typeof tongues]?.locale ?? language)
  numbers.set(language, format)
  return format
}
