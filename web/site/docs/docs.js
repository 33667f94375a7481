// Draws the API's own description. It asks for nothing but that and makes every node
// by hand, so no text of the description can become markup.
const make = (tag, text, ...children) => {
  const node = document.createElement(tag)
  if (text) node.textContent = text
  node.append(...children)
  return node
}

/** What a schema looks like as JSON, a few levels deep. */
function sample(api, schema, depth = 0) {
  if (!schema) return null
  if (schema.$ref) return depth > 4 ? '…' : sample(api, api.components.schemas[schema.$ref.split('/').pop()], depth + 1)
  const type = [].concat(schema.type ?? []).find((t) => t !== 'null')
  if (schema.enum) return schema.enum.join(' | ')
  if (type === 'object') {
    const out = {}
    for (const [name, property] of Object.entries(schema.properties ?? {})) out[name] = sample(api, property, depth + 1)
    if (typeof schema.additionalProperties === 'object') out['…'] = sample(api, schema.additionalProperties, depth + 1)
    return out
  }
  if (type === 'array') return [sample(api, schema.items, depth + 1)]
  if (schema.examples?.length) return schema.examples[0]
  if (schema.format === 'date-time') return '2026-11-22T09:30:00Z'
  return { string: '', integer: 0, number: 0, boolean: false }[type] ?? null
}

function contentOf(api, part) {
  const [type, media] = Object.entries(part?.content ?? {})[0] ?? []
  if (!media) return null
  const box = make('div')
  box.append(make('p', type), make('pre', JSON.stringify(sample(api, media.schema), null, 2)))
  return box
}

function who(need) {
  if (need?.open) return 'Anyone.'
  if (need?.visitor) return 'A visitor of the web chat, by their token.'
  if (!need) return ''
  const roles = need.roles?.length ? `Roles: ${need.roles.join(', ')}. ` : ''
  const keys = need.person ? 'Not for keys.' : `Keys: scope ${need.noun}:${need.write ? 'write' : 'read'}.`
  return roles + keys
}

function drawOperation(api, path, method, op) {
  const head = make('summary', '', make('b', method.toUpperCase()), make('code', path), make('span', op.summary))
  const body = make('div')
  body.className = 'body'
  body.append(make('p', who(op['x-parley'])))
  if (op.parameters?.length) {
    const rows = op.parameters.map((p) =>
      make('tr', '', make('td', p.name), make('td', p.in), make('td', p.description ?? p.schema?.description ?? '')),
    )
    body.append(make('table', '', make('tbody', '', ...rows)))
  }
  const request = contentOf(api, op.requestBody)
  if (request) body.append(make('h3', 'Request'), request)
  for (const [status, response] of Object.entries(op.responses ?? {})) {
    if (status === 'default') continue
    body.append(make('h3', `Answer ${status}`))
    const content = contentOf(api, response)
    if (content) body.append(content)
  }
  const box = make('details', '', head, body)
  box.dataset.text = `${method} ${path} ${op.summary} ${who(op['x-parley'])}`.toLowerCase()
  return box
}

const response = await fetch('/api/openapi.json')
const api = await response.json()
document.getElementById('about').textContent = `${api.info.version}. ${api.info.description}`
const main = document.getElementById('operations')
main.replaceChildren()
const groups = new Map()
for (const [path, methods] of Object.entries(api.paths).sort())
  for (const [method, op] of Object.entries(methods)) {
    if (!op?.operationId) continue
    const tag = op.tags?.[0] ?? ''
    if (!groups.has(tag)) groups.set(tag, [])
    groups.get(tag).push(drawOperation(api, path, method, op))
  }
for (const [tag, boxes] of [...groups].sort((a, b) => a[0].localeCompare(b[0])))
  main.append(make('section', '', make('h2', tag), ...boxes))

document.getElementById('find').addEventListener('input', (event) => {
  const wanted = event.target.value.trim().toLowerCase()
  for (const box of main.querySelectorAll('details')) box.hidden = !box.dataset.text.includes(wanted)
  for (const section of main.querySelectorAll('section')) section.hidden = !section.querySelector('details:not([hidden])')
})
