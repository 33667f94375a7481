// Writes a .br and a .gz twin beside every built text asset, so that the server
// only picks a file and never spends time compressing.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('../dist', import.meta.url))
const textual = /\.(js|css|html|svg|json|webmanifest|txt)$/
const budget = 200 * 1024

function* walk(dir) {
  for (const name of readdirSync(dir)) {
    const path = join(dir, name)
    if (statSync(path).isDirectory()) yield* walk(path)
    else yield path
  }
}

for (const path of walk(root)) {
  if (!textual.test(path)) continue
  const body = readFileSync(path)
  if (body.length < 512) continue
  writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length }
  writeFileSync(`${path}.br`, brotliCompressSync(body, { params }))
}
writeFileSync(join(root, '.gitkeep'), '')

// The first load is what index.html names: its module and the modules that one preloads.
const index = readFileSync(join(root, 'index.html'), 'utf8')
const first = [...index.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1])
const bytes = first.reduce(
  (sum, file) => sum + gzipSync(readFileSync(join(root, file)), { level: 9 }).length,
  0,
)
console.log(
  `first load: ${first.length} scripts, ${(bytes / 1024).toFixed(1)} kB gz (budget ${budget / 1024})`,
)
if (bytes > budget) {
  console.error('first load is over its budget')
  process.exit(1)
}
