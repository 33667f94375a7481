import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'

const source = readFileSync(fileURLToPath(new URL('../public/sw.js', import.meta.url)), 'utf8')
const origin = 'https://desk.example'

interface Asked {
  method?: string
  mode?: string
  destination?: string
}

/** A worker of a version in a browser that is online until told otherwise; its caches outlive it. */
function worker(version: string, kept = new Map<string, Map<string, string>>()) {
  const own = `/assets/index-${version}.js`
  const heard = new Map<string, (event: object) => void>()
  const net = { online: true, page: `page of ${version}`, asked: [] as string[] }
  const pathOf = (what: string | { url: string }) =>
    new URL(typeof what === 'string' ? what : what.url, origin).pathname
  const bring = async (what: string | { url: string }): Promise<string> => {
    net.asked.push(pathOf(what))
    if (!net.online) throw new TypeError('no network')
    if (!pathOf(what).startsWith('/assets/')) return net.page
    return pathOf(what) === own ? `file ${own}` : 'no such file'
  }
  const caches = {
    keys: async () => [...kept.keys()],
    has: async (name: string) => kept.has(name),
    delete: async (name: string) => kept.delete(name),
    match: async (what: string | { url: string }, { cacheName }: { cacheName: string }) =>
      kept.get(cacheName)?.get(pathOf(what)),
    open: async (name: string) => ({
      addAll: async (paths: string[]) => {
        const found = new Map<string, string>()
        for (const path of paths) found.set(path, await bring(path))
        kept.set(name, found)
      },
    }),
  }
  const self = {
    location: { origin },
    registration: {},
    clients: { claim: async () => undefined },
    skipWaiting: () => undefined,
    addEventListener: (kind: string, heed: (event: object) => void) => heard.set(kind, heed),
  }
  const built = source
    .replace("const version = 'none'", `const version = '${version}'`)
    .replace('const files = []', `const files = ['${own}']`)
  expect(built).not.toBe(source)
  runInContext(built, createContext({ self, caches, fetch: bring, URL }))

  const tell = async (kind: string, event: object = {}): Promise<unknown> => {
    let answer: unknown
    const waits: unknown[] = []
    heard.get(kind)?.({
      ...event,
      waitUntil: (what: unknown) => waits.push(what),
      respondWith: (what: unknown) => {
        answer = what
      },
    })
    const given = await answer
    await Promise.all(waits)
    return given
  }
  const ask = (path: string, { method = 'GET', mode = 'cors', destination = '' }: Asked = {}) =>
    tell('fetch', { request: { url: new URL(path, origin).href, method, mode, destination } })
  return {
    net,
    kept,
    ask,
    visit: (path: string) => ask(path, { mode: 'navigate', destination: 'document' }),
    start: async () => {
      await tell('install')
      await tell('activate')
    },
  }
}

test('the page comes from the server while there is a connection, so that it is never an old one', async () => {
  const { start, visit, net } = worker('1')
  await start()
  net.page = 'page of 2'
  expect(await visit('/inbox/7?view=all')).toBe('page of 2')
})

test('without a connection the page and its files come from where they were kept', async () => {
  const { start, visit, ask, net } = worker('1')
  await start()
  net.online = false
  expect(await visit('/inbox/7')).toBe('page of 1')
  expect(await ask('/assets/index-1.js')).toBe('file /assets/index-1.js')
})

test('a new version keeps its own page and files beside those of the one before, and no older ones', async () => {
  const first = worker('1')
  await first.start()
  const second = worker('2', first.kept)
  await second.start()
  expect([...second.kept.keys()]).toEqual(['shell-1', 'shell-2'])
  second.net.online = false
  expect(await second.visit('/inbox')).toBe('page of 2')
  const third = worker('3', first.kept)
  await third.start()
  expect([...third.kept.keys()]).toEqual(['shell-2', 'shell-3'])
})

test('a page of the version before goes on after an upgrade, with and without a connection', async () => {
  const first = worker('1')
  await first.start()
  const second = worker('2', first.kept)
  await second.start()
  second.net.asked = []
  expect(await second.ask('/assets/index-1.js')).toBe('file /assets/index-1.js')
  second.net.online = false
  expect(await second.ask('/assets/index-1.js')).toBe('file /assets/index-1.js')
  expect(await second.ask('/assets/index-2.js')).toBe('file /assets/index-2.js')
  expect(second.net.asked).toEqual([])
})

test('a version that is put back again is the latest, and keeps what came between', async () => {
  const first = worker('1')
  await first.start()
  await worker('2', first.kept).start()
  const again = worker('1', first.kept)
  await again.start()
  expect([...again.kept.keys()]).toEqual(['shell-1', 'shell-2'])
  expect(await again.ask('/assets/index-2.js')).toBe('file /assets/index-2.js')
})

test('a file of no version that was kept is asked of the server', async () => {
  const { start, ask } = worker('1')
  await start()
  expect(await ask('/assets/of-another-version.js')).toBe('no such file')
})

test('what could not be kept at first is kept when the server is there again', async () => {
  const { start, visit, net, kept } = worker('1')
  net.online = false
  await start()
  expect(kept.size).toBe(0)
  await expect(visit('/inbox')).rejects.toThrow('no network')
  net.online = true
  await visit('/inbox')
  expect([...(kept.get('shell-1')?.keys() ?? [])]).toEqual(['/', '/assets/index-1.js'])
})

test.each<[string, Asked]>([
  ['/api/v1/conversations', {}],
  ['/api/v1/session', { method: 'POST' }],
  ['/api/v1/files/7', { mode: 'navigate', destination: 'document' }],
  ['/inbox', { method: 'POST', mode: 'navigate', destination: 'document' }],
  ['/chat/1/messages', {}],
  ['/widget/1', { mode: 'navigate', destination: 'iframe' }],
  ['/demo', { mode: 'navigate', destination: 'document' }],
  ['/forms/1', { mode: 'navigate', destination: 'document' }],
  ['/assets/ring-1.mp3', {}],
  ['https://elsewhere.example/assets/index-1.js', {}],
])('%s is none of its business', async (path, asked) => {
  const { start, ask, net, kept } = worker('1')
  await start()
  net.asked = []
  expect(await ask(path, asked)).toBeUndefined()
  expect(net.asked).toEqual([])
  expect([...(kept.get('shell-1')?.keys() ?? [])]).toEqual(['/', '/assets/index-1.js'])
})
