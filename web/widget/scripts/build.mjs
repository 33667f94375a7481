// Builds the loader and the frame into dist/, compresses them, and fails when one is over its budget.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')

/** Bytes after gzip. The loader is all that a page carries before the first click. */
const budgets = [
  { name: 'loader', match: /^loader\.js$/, most: 3_000 },
  { name: 'frame script', match: /^frame-.*\.js$/, most: 20_000 },
  { name: 'frame style', match: /^frame-.*\.css$/, most: 4_000 },
]

const shared = {
  root,
  configFile: false,
  logLevel: 'warn',
  base: '/widget-assets/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
}

for (const name of await readdir(dist))
  if (name !== '.gitkeep') await rm(join(dist, name), { recursive: true })

await build({
  ...shared,
  build: {
    outDir: dist,
    emptyOutDir: false,
    target: 'es2022',
    copyPublicDir: false,
    rolldownOptions: {
      input: join(root, 'src/loader/loader.ts'),
      output: { format: 'iife', entryFileNames: 'loader.js' },
    },
  },
})

await build({
  ...shared,
  build: {
    outDir: dist,
    emptyOutDir: false,
    target: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: false,
    // A picture in the style would be a data address, which the policy on pictures allows but caches do not.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: join(root, 'frame.html'),
      output: { entryFileNames: 'frame-[hash].js', assetFileNames: 'frame-[hash][extname]' },
    },
  },
})

const names = (await readdir(dist)).filter((name) => /\.(js|css|html)$/.test(name))
let over = false
for (const name of names) {
  const bytes = await readFile(join(dist, name))
  const zipped = await promisify(gzip)(bytes, { level: 9 })
  const brotli = await promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })
  await writeFile(join(dist, `${name}.gz`), zipped)
  await writeFile(join(dist, `${name}.br`), brotli)
  const budget = budgets.find(({ match }) => match.test(name))
  const fits = !budget || zipped.length <= budget.most
  over ||= !fits
  console.log(
    `${name}  ${bytes.length} B, gzip ${zipped.length} B, brotli ${brotli.length} B${budget ? `, at most ${budget.most} B` : ''}${fits ? '' : '  OVER BUDGET'}`,
  )
}
for (const { name, match } of budgets)
  if (!names.some((file) => match.test(file))) {
    console.error(`${name}: not built`)
    over = true
  }
if (over) process.exit(1)
