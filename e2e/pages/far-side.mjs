import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'

const secret = 'both-sides-sign-with-this-0123456789'

/**
 * The system of another house, with as many people as one likes, behind a custom channel. It refuses answers that name a
 * discount, to have some that failed.
 */
export async function openFarSide() {
  const server = createServer(async (request, answer) => {
    let body = ''
    for await (const part of request) body += part
    answer.statusCode = /discount/.test(body) ? 422 : 200
    answer.setHeader('Content-Type', 'application/json')
    answer.end('{}')
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  server.unref()
  let hook = ''
  let last = 0

  const post = async (body) => {
    const answer = await fetch(hook, {
      method: 'POST',
      headers: { 'X-Parley-Signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` },
      body,
    })
    if (!answer.ok) throw new Error(`the custom channel: ${answer.status}`)
  }
  return {
    config: { secret, outgoing_url: `http://127.0.0.1:${server.address().port}/in` },
    /** Says where the hub takes what happens here. */
    calls(url) {
      hook = url
    },
    /** A person writes; `more` is what else the envelope holds. */
    write: (name, text, more = {}) =>
      post(
        JSON.stringify({
          id: `said-${++last}`,
          type: 'message',
          sender: { id: name, name },
          text,
          ...more,
        }),
      ),
    /** Posts what makes no sense. */
    babble: () => post('{"type": "message", "sender": 7}'),
  }
}
