import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto'
import { createServer } from 'node:http'
import { until } from './until.mjs'

const plain = (text) => Buffer.from(text, 'base64url')

/**
 * A push service with one browser behind it, which reads what it is sent as RFC 8291 says and checks who sent it as RFC
 * 8292 says. Headless browsers have none.
 */
export async function openPushService() {
  const keys = createECDH('prime256v1')
  keys.generateKeys()
  const auth = randomBytes(16)
  const got = []
  const server = createServer(async (request, response) => {
    const parts = []
    for await (const part of request) parts.push(part)
    got.push({ headers: request.headers, body: Buffer.concat(parts) })
    response.writeHead(201).end()
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  server.unref()

  return {
    /** What a browser hands over when it subscribes. */
    subscription: () => ({
      endpoint: `http://127.0.0.1:${server.address().port}/push/a-browser`,
      keys: { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') },
    }),
    /** Waits for a push that fits, and gives what it says. */
    shown: (fits) =>
      until('a push', () => got.map((one) => JSON.parse(open(keys, auth, one.body))).find(fits)),
    /** How many pushes came that the public key of the server has not signed. */
    unsigned: (key) => got.filter((one) => !signed(one.headers.authorization, key)).length,
  }
}

/** Reads the body of a push with the browser's keys. */
function open(keys, auth, body) {
  const mac = (key, ...parts) => parts.reduce((h, part) => h.update(part), createHmac('sha256', key)).digest()
  const salt = body.subarray(0, 16)
  const sender = body.subarray(21, 21 + body[20])
  const sealed = body.subarray(21 + body[20])
  const material = mac(
    mac(auth, keys.computeSecret(sender)),
    'WebPush: info\0',
    keys.getPublicKey(),
    sender,
    Buffer.from([1]),
  )
  const secret = mac(salt, material)
  const key = mac(secret, 'Content-Encoding: aes128gcm\0\x01').subarray(0, 16)
  const nonce = mac(secret, 'Content-Encoding: nonce\0\x01').subarray(0, 12)
  const cipher = createDecipheriv('aes-128-gcm', key, nonce)
  cipher.setAuthTag(sealed.subarray(-16))
  const text = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
  return text.subarray(0, text.lastIndexOf(2)).toString()
}

/** Tells whether a header was signed by a key. */
function signed(header, key) {
  const [, token, by] = /^vapid t=([^,]+), k=(.+)$/.exec(header) ?? []
  if (by !== key) return false
  const point = plain(key)
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const [head, claims, signature] = token.split('.')
  return verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    plain(signature),
  )
}
