import { expect, test } from 'vitest'
import ar from './ar'
import en from './en'
import { measure } from './measure'
import { type Phrase, render } from './phrase'
import ru from './ru'
import { guessLanguage, loadCatalogue, t, words } from './text'

const catalogues: Record<string, Record<string, Phrase>> = { en, ru, ar }

/** The categories of Intl.PluralRules; a language without fractions of things may leave "other" to them. */
const forms: Record<string, string[]> = {
  en: ['one', 'other'],
  ru: ['one', 'few', 'many', 'other'],
  ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
}

const parts = import.meta.glob<Record<string, Record<string, Phrase>>>('./{en,ru,ar}/*.ts', { eager: true })

test.each(Object.keys(catalogues))('no phrase of %s is in two parts of the catalogue', (language) => {
  const keys = Object.entries(parts)
    .filter(([path]) => path.startsWith(`./${language}/`) && !path.endsWith('/index.ts'))
    .flatMap(([, part]) => Object.values(part).flatMap((phrases) => Object.keys(phrases)))
  expect(keys.sort()).toEqual(Object.keys(catalogues[language] ?? {}).sort())
})

const holesOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
/** A form for exactly one, two or none may say so in a word. */
const withoutNumber = (text: string) => holesOf(text).filter((hole) => hole !== '{n}')
const formsOf = (phrase: Phrase) => (typeof phrase === 'string' ? [phrase] : Object.values(phrase))

test.each(['ru', 'ar'])('%s has the phrases of English and no others', (language) => {
  expect(Object.keys(catalogues[language] ?? {}).sort()).toEqual(Object.keys(en).sort())
})

test.each(['ru', 'ar'])('%s has the holes of English, in every form', (language) => {
  for (const [key, phrase] of Object.entries(catalogues[language] ?? {})) {
    const source = (en as Record<string, Phrase>)[key] ?? ''
    expect([key, typeof phrase]).toEqual([key, typeof source])
    const wanted = withoutNumber(formsOf(source).join())
    // The sentence without anything may leave out what there is none of.
    for (const [form, text] of typeof phrase === 'string' ? [['', phrase]] : Object.entries(phrase)) {
      if (form === 'zero') expect([key, holesOf(text).filter((h) => !wanted.includes(h))]).toEqual([key, []])
      else expect([key, form, withoutNumber(text)]).toEqual([key, form, wanted])
    }
  }
})

test.each(Object.keys(forms))('a plural in %s has every form of the language and its number', (language) => {
  for (const [key, phrase] of Object.entries(catalogues[language] ?? {})) {
    if (typeof phrase === 'string') continue
    expect([key, Object.keys(phrase)]).toEqual([key, forms[language]])
    const source = formsOf((en as Record<string, Phrase>)[key] ?? '').join()
    if (source.includes('{n}'))
      expect([key, holesOf(phrase.other)]).toEqual([key, expect.arrayContaining(['{n}'])])
  }
})

test.each([
  [1, '1 новое сообщение'],
  [3, '3 новых сообщения'],
  [5, '5 новых сообщений'],
  [11, '11 новых сообщений'],
  [21, '21 новое сообщение'],
])('%i in Russian', (n, want) => {
  expect(render(ru['thread.newBelow'], 'ru', { n })).toBe(want)
})

test.each([
  [0, 'لا رسائل جديدة'],
  [1, 'رسالة جديدة واحدة'],
  [2, 'رسالتان جديدتان'],
  [3, '3 رسائل جديدة'],
  [10, '10 رسائل جديدة'],
  [11, '11 رسالة جديدة'],
  [99, '99 رسالة جديدة'],
  [100, '100 رسالة جديدة'],
  [103, '103 رسائل جديدة'],
  [1200, '1,200 رسالة جديدة'],
])('%i in Arabic', (n, want) => {
  expect(render(ar['thread.newBelow'], 'ar', { n })).toBe(want)
})

test.each([
  [0, 'zero'],
  [1, 'one'],
  [2, 'two'],
  [3, 'few'],
  [11, 'many'],
  [100, 'other'],
])('%i takes its own form in Arabic', (n, want) => {
  const phrase = { zero: 'zero', one: 'one', two: 'two', few: 'few', many: 'many', other: 'other' }
  expect(render(phrase, 'ar', { n })).toBe(want)
  expect(render({ other: 'other' }, 'ar', { n })).toBe('other')
})

test('English plurals, numbers by language, and a value is never taken for a hole', () => {
  expect(render(en['thread.newBelow'], 'en', { n: 1 })).toBe('1 new message')
  expect(render(en['thread.newBelow'], 'en', { n: 1200 })).toBe('1,200 new messages')
  expect(render('{a} {b}', 'en', { a: '{b}', b: 'x' })).toBe('{b} x')
})

test.each([
  ['ar', '+7 900 123-45-67', '\u2068+7 900 123-45-67\u2069'],
  ['ar', 'Ann', '\u2068Ann\u2069'],
  ['ar', 'أحمد علي', 'أحمد علي'],
  ['en', 'أحمد', '\u2068أحمد\u2069'],
  ['en', 'Ann 12', 'Ann 12'],
  ['ru', 'Анна', 'Анна'],
])('in %s the value %j stands apart only against the direction', (language, name, want) => {
  expect(render('({name})', language, { name })).toBe(`(${want})`)
})

test.each([
  [['ar-EG', 'en'], 'ar'],
  [['de', 'ru-RU', 'en'], 'ru'],
  [['en-GB', 'ar'], 'en'],
  [['de'], 'en'],
])('who wishes %j reads %s', (wishes, want) => {
  Object.assign(globalThis, { localStorage: { getItem: () => null } })
  Object.defineProperty(globalThis, 'navigator', { value: { languages: wishes }, configurable: true })
  expect(guessLanguage()).toBe(want)
})

test('a page in Arabic runs from right to left, and English stands in for what the server lacks', async () => {
  const documentElement = { lang: '', dir: '' }
  Object.assign(globalThis, { document: { documentElement } })
  await loadCatalogue('ar')
  expect(documentElement).toEqual({ lang: 'ar', dir: 'rtl' })
  expect(t('common.save')).toBe('حفظ')
  expect(words({ en: 'full', ru: 'полон' })).toBe('full')
  expect(words({ en: 'full', ru: 'полон', ar: 'ممتلئ' })).toBe('ممتلئ')
  await loadCatalogue('en')
  expect(documentElement).toEqual({ lang: 'en', dir: 'ltr' })
})

test.each([
  ['runes', '😀я', 2],
  ['utf16', '😀я', 3],
  ['bytes', '😀я', 6],
  ['segments', '', 0],
  ['segments', 'a'.repeat(160), 1],
  ['segments', 'a'.repeat(161), 2],
  ['segments', '€'.repeat(80), 1],
  ['segments', '€'.repeat(81), 2],
  ['segments', 'я'.repeat(70), 1],
  ['segments', 'я'.repeat(71), 2],
] as const)('%s of %j', (unit, text, want) => {
  expect(measure(text, unit)).toBe(want)
})

test.each(['en', 'ru', 'ar'])(
  'the number of a request is a name: its digits are not grouped (%s)',
  (language) => {
    expect(render('{number} {n}', language, { number: 1234567, n: 12 })).toBe('1234567 12')
  },
)
