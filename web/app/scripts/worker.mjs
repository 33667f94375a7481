// Tells the worker which files the built page is made of, so that it keeps all of one version and a new
// version makes a new worker. It runs before the twins are compressed.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
// Guides for administrators are many and read once; pictures and sounds can wait for a connection.
const files = readdirSync(join(dist, 'assets'))
  .filter((name) => /\.(js|css|woff2)$/.test(name))
  .sort()
  .map((name) => `/assets/${name}`)
const index = readFileSync(join(dist, 'index.html'))
const version = createHash('sha256').update(index).update(files.join()).digest('hex').slice(0, 12)

const path = join(dist, 'sw.js')
const before = readFileSync(path, 'utf8')
const after = before
  .replace("const version = 'none'", `const version = '${version}'`)
  .replace('const files = []', `const files = ${JSON.stringify(files)}`)
if (after.includes("'none'") || after.includes('files = []'))
  throw new Error('sw.js has no place for its files')
writeFileSync(path, after)
console.log(`worker: version ${version} keeps ${files.length} files`)
