import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** The calls of `api` that change something on the server, as a page names them: `conversations.update`. */
export function changingCalls(): Set<string> {
  const found = new Set<string>()
  for (const { source } of files('api')) {
    let noun = ''
    let verb = ''
    for (const line of source.split('\n')) {
      const top = line.match(/^export (?:const|(?:async )?function) (\w+)(.*)/)
      if (top) {
        noun = top[2]?.endsWith('{') && !top[2].includes('(') ? `${top[1]}.` : ''
        verb = noun ? '' : (top[1] ?? '')
      }
      verb = (noun && line.match(/^ {2}(\w+): /)?.[1]) || verb
      if (/\bcall<.*'(POST|PATCH|PUT|DELETE)'/.test(line)) found.add(noun + verb)
    }
  }
  return found
}

/** Which of these calls the sources of some folders make. */
export function callsOf(folders: string[], calls: Set<string>): Set<string> {
  const found = new Set<string>()
  for (const { source } of folders.flatMap((folder) => [...files(folder)])) {
    const body = source.replaceAll(/^import [^']*'[^']*'$/gm, '')
    for (const [, names] of source.matchAll(/import (?:type )?\{([^}]*)\} from '#\/api\/[\w-]+'/g))
      for (const name of names?.split(',') ?? []) {
        const [noun = '', alias = noun] = name.replace('type ', '').trim().split(' as ')
        for (const call of calls)
          if (call === noun || call.startsWith(`${noun}.`)) {
            const called = new RegExp(`\\b${alias}${call.slice(noun.length).replace('.', '\\.')}\\b`)
            const handedOn = new RegExp(`\\b${alias}\\b(?!\\.|:)`)
            if (called.test(body) || (call !== noun && handedOn.test(body))) found.add(call)
          }
      }
  }
  return found
}

function* files(folder: string): Generator<{ source: string }> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* files(path)
    else if (/\.tsx?$/.test(entry.name) && !/\.test\.|\.d\.ts$/.test(entry.name))
      yield { source: readFileSync(join(root, path), 'utf8') }
  }
}
