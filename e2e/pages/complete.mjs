import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { deskTable } from './desk-table.mjs'
import { gateTable } from './gate-table.mjs'
import { settingsTable } from './settings-table.mjs'

const source = (name) => readFile(new URL(`../../web/app/${name}`, import.meta.url), 'utf8')

/** Stands for a story wherever a path asks one: everything in it has the id 1. */
const anything = new Proxy(
  {},
  {
    get: (_, name) => {
      if (name === Symbol.toPrimitive) return () => '1'
      return name === 'id' || name === 'contact_id' ? '1' : anything
    },
  },
)

/** The patterns of the routes, whole, from what the router says of each. */
async function patterns() {
  const routes = {}
  const text = await source('shell/router.tsx')
  for (const [, name, body] of text.matchAll(
    /const (\w+) = createRoute\(\{([\s\S]*?)\n\}\)|const (\w+) = createRoute\(\{(.*)\}\)/g,
  )) {
    const [, parent] = /getParentRoute: \(\) => (\w+)/.exec(body ?? '') ?? []
    const [, path] = /\bpath: '([^']+)'/.exec(body ?? '') ?? []
    if (name) routes[name] = { parent, path }
  }
  for (const [, name, parent, path] of text.matchAll(
    /const (\w+) = createRoute\(\{ getParentRoute: \(\) => (\w+), path: '([^']+)' \}\)/g,
  ))
    routes[name] = { parent, path }
  const whole = (name) => {
    const route = routes[name]
    if (!route) return ''
    return route.path ? `${whole(route.parent)}/${route.path.replace(/^\//, '')}` : whole(route.parent)
  }
  return Object.keys(routes)
    .filter((name) => routes[name].path && routes[name].path !== '/')
    .map(whole)
}

/** Whoever adds a screen or a section of the settings adds its line. */
export async function complete() {
  const visited = [...deskTable, ...settingsTable, ...gateTable].map(([, path]) => {
    const address = typeof path === 'function' ? path(anything) : path
    return new URL(address, 'http://story').pathname
  })
  const routes = await patterns()
  assert.ok(routes.length > 15, `only ${routes.length} routes were found in the router`)
  for (const route of routes) {
    const form = new RegExp(`^${route.replace(/\$\w+/g, '[^/]+')}$`)
    assert.ok(
      visited.some((path) => form.test(path)),
      `no line of a table leads to ${route}`,
    )
  }
  const sections = [...(await source('settings/sections.ts')).matchAll(/^ {2}\{ id: '(\w+)'/gm)].map(
    ([, id]) => id,
  )
  assert.ok(sections.length > 10, `only ${sections.length} sections were found`)
  for (const id of sections)
    assert.ok(visited.includes(`/settings/${id}`), `no line of a table leads to the settings “${id}”`)
}
