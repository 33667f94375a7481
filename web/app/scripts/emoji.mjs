// Gives the page the names of emoji in its languages, at an address of its own that holds their version:
// /assets/emoji-17.0.0/en/data.json and messages.json. What the picker does not read is left out.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const { version } = require('emojibase-data/package.json')

/** The languages there are names in; Arabic has none, and the picker shows the English ones. */
const languages = ['en', 'ru']
const base = `assets/emoji-${version}`

function files() {
  return languages.flatMap((language) => {
    const read = (name) => readFileSync(require.resolve(`emojibase-data/${language}/${name}.json`), 'utf8')
    const data = JSON.parse(read('data')).map(
      ({ emoji, label, tags, group, subgroup, version: since, skins }) => ({
        emoji,
        label,
        ...(tags && { tags }),
        ...(group !== undefined && { group }),
        ...(subgroup !== undefined && { subgroup }),
        version: since,
        ...(skins && {
          skins: skins.map((skin) => ({ emoji: skin.emoji, label: skin.label, tone: skin.tone })),
        }),
      }),
    )
    return [
      [`${base}/${language}/data.json`, JSON.stringify(data)],
      [`${base}/${language}/messages.json`, read('messages')],
    ]
  })
}

export function emoji() {
  return {
    name: 'emoji',
    config: () => ({ define: { __EMOJI__: JSON.stringify(`/${base}`) } }),
    configureServer(server) {
      server.middlewares.use((request, answer, next) => {
        const found = files().find(([name]) => `/${name}` === request.url)
        if (!found) return next()
        answer.setHeader('Content-Type', 'application/json').end(found[1])
      })
    },
    generateBundle() {
      for (const [fileName, source] of files()) this.emitFile({ type: 'asset', fileName, source })
    },
  }
}
