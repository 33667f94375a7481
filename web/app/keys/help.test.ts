import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { groups } from './help'

const root = join(import.meta.dirname, '..')

/** The sources that may bind keys. */
function* sources(folder = root): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'text', 'api', 'test'].includes(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* sources(path)
    else if (/\.tsx?$/.test(entry.name) && !entry.name.includes('.test.')) yield readFileSync(path, 'utf8')
  }
}

/** What stands between the parentheses of every call of useKeys in a source. */
function* calls(source: string): Generator<string> {
  for (const { index } of source.matchAll(/\buseKeys\(/g)) {
    let depth = 0
    let end = index + 'useKeys'.length
    do {
      depth += source[end] === '(' ? 1 : source[end] === ')' ? -1 : 0
      end++
    } while (depth > 0 && end < source.length)
    yield source.slice(index, end)
  }
}

const stroke = /(?:'([\w+ ]+)'|\b(Key[A-Z]|Slash|Enter|Help|Home|End)): ?[\w(]/g

/** The strokes that are bound by useKeys anywhere. */
function bound(): Set<string> {
  const all = [...sources()].flatMap((source) => [...calls(source)])
  return new Set(
    all.flatMap((call) => [...call.matchAll(stroke)].map(([, quoted, plain]) => quoted ?? plain ?? '')),
  )
}

/** A key as the help writes it, as strokes. */
function strokes(label: string): string[] {
  return label.split(' / ').map((one) =>
    one
      .split(' → ')
      .map((key) =>
        key
          .split('+')
          .map(
            (part) =>
              ({ Ctrl: 'Mod', '/': 'Slash', '?': 'Help' })[part] ??
              (/^[A-Z]$/.test(part) ? `Key${part}` : part),
          )
          .join('+'),
      )
      .join(' '),
  )
}

/** Keys that fields hear by themselves, wherever they have the focus. */
const ofFields = ['Mod+Enter', 'Mod+Shift+Enter', '↑', '↓', 'Slash']

/** The keys of the design, which a newcomer finds by "?". */
const promised =
  'J K Enter U R N A L H E X Shift+X / Ctrl+K Ctrl+Enter Ctrl+Shift+Enter Z G→I G→M G→U ?'.split(' ')

test('every key of the help is bound, and every bound key is in the help', () => {
  const shown = groups().flatMap((group) => group.rows.flatMap(([key]) => strokes(key ?? '')))
  const binds = bound()
  expect(shown.filter((key) => !binds.has(key) && !ofFields.includes(key))).toEqual([])
  expect([...binds].filter((key) => !shown.includes(key))).toEqual([])
})

test('the help names every key that the design promises', () => {
  const shown = groups().flatMap((group) =>
    group.rows.flatMap(([key]) => (key === '/' ? ['/'] : (key ?? '').replaceAll(' → ', '→').split(' / '))),
  )
  expect(promised.filter((key) => !shown.includes(key))).toEqual([])
})
