import { createServer } from 'node:http'

/**
 * A text-message gateway of another house: it takes POSTs of JSON and pushes what phones write. `sent` is what went out.
 * It keeps no story from ending. Texts that `treat` says `hang up` of get no answer, so that nobody knows what became of them.
 */
export async function openGateway(treat = () => 'take') {
  const sent = []
  const server = createServer(async (request, answer) => {
    let body = ''
    for await (const part of request) body += part
    if (treat(JSON.parse(body).text) === 'hang up') return request.destroy()
    sent.push(JSON.parse(body))
    answer.setHeader('Content-Type', 'application/json')
    answer.end(JSON.stringify({ accepted: true, id: `sms-${sent.length}` }))
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  server.unref()
  const url = `http://127.0.0.1:${server.address().port}`
  const description = {
    name: 'Neighbour',
    source: 'this story',
    checked: '2026-11-22',
    url: `${url}/send`,
    headers: { Authorization: 'Bearer {password}' },
    json: { to: '{to}', text: '{text}' },
    taken: { path: 'accepted', match: '^true$' },
    id: 'id',
    receipt: { when: { path: 'state' }, id: 'id', state: 'state', states: { DELIVRD: 'delivered' } },
    inbound: { when: { path: 'text' }, id: 'id', from: 'from', text: 'text' },
  }
  return { sent, description: JSON.stringify(description) }
}
