import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const web = fileURLToPath(new URL('../..', import.meta.url))
const folders = ['app', 'widget/src']
const skipped =
  /(^|\/)(node_modules|dist|placeholder|public|scripts|test)(\/|$)|\.test\.|api\/schema|text\/(en|ru|ar)\//

/** What names a side of the screen; right-to-left languages need the start and the end. */
const classes =
  /(?<![\w-])(?:[\w\-[\]&()]+:)*-?(?:(?:m|p|scroll-m|scroll-p)[lr]-|border-[lr]\b|rounded-(?:[lr]|[tb][lr])\b|(?:left|right)-(?:\d|\[|full|px|auto)|text-(?:left|right)\b|float-(?:left|right)\b|clear-(?:left|right)\b|origin-(?:\w+-)?(?:left|right)\b|-?translate-x-|bg-(?:linear|gradient)-to-[lr])/g
const properties =
  /(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)|(?:transform-origin|background-position)\s*:[^;]*\b(?:left|right)\b/g

/** Where a side is meant, and why. A key is a file and what is found in it. */
const allowed: Record<string, string> = {
  'app/ui/tokens.css background-position: right': 'the mark of a select, with its twin for :dir(rtl) below',
  'app/ui/tokens.css background-position: left': 'the twin of it',
  'app/ui/tokens.css text-align: left': 'names begin where the page does, whatever their own direction',
  'app/ui/tokens.css text-align: right': 'the same where the page begins at the right',
  'app/ui/tokens.css transform-origin: left': 'the line that counts down, with its twin for :dir(rtl) below',
  'app/ui/tokens.css transform-origin: right': 'the twin of it',
}

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (skipped.test(relative(web, path))) continue
    if (entry.isDirectory()) yield* files(path)
    else if (/\.(tsx?|css)$/.test(entry.name)) yield path
  }
}

function sidesIn(path: string): string[] {
  const found = readFileSync(path, 'utf8').matchAll(path.endsWith('.css') ? properties : classes)
  return [...found].map((match) => `${relative(web, path)} ${match[0].trim()}`)
}

test('styles name the start and the end, not the left and the right', () => {
  const found = folders.flatMap((folder) => [...files(join(web, folder))].flatMap(sidesIn))
  expect(found.filter((one) => !(one in allowed))).toEqual([])
  expect(Object.keys(allowed).filter((one) => !found.includes(one))).toEqual([])
})

test.each([
  'className="ml-2"',
  '"md:-mr-1.5"',
  '`hover:pl-[3px] x`',
  '"border-l-2"',
  '"absolute left-0"',
  '"rounded-tl-md"',
  '"text-left"',
  '"group-open:right-1/2"',
])('%s is refused', (text) => expect(text.match(classes)).not.toBeNull())

test.each([
  'className="ms-2 pe-1 border-s-2 text-start start-0 rounded-ss-md"',
  "'ArrowLeft'",
  '"leftover text-lg border-line mr.x"',
])('%s is taken', (text) => expect(text.match(classes)).toBeNull())
