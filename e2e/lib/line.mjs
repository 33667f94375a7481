import { connect, createServer } from 'node:net'

/**
 * A line to a server that a story can spoil. `freeze` lets nothing through, in either direction, and ends no
 * connection: both sides wait. `drop` ends those that there are, and `thaw` lets everything through again.
 * It keeps no story from ending.
 */
export async function openLine(target) {
  const { hostname, port } = new URL(target)
  const pairs = new Set()
  let frozen = false

  const server = createServer({ allowHalfOpen: false }, (near) => {
    const far = connect(Number(port), hostname)
    const pair = [near, far]
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      for (const socket of pair) socket.destroy()
    }
    const pass = (from, to) => {
      from.on('data', (bytes) => to.write(bytes))
      from.on('error', end)
      from.on('close', end)
      if (frozen) from.pause()
    }
    pass(near, far)
    pass(far, near)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  server.unref()

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    freeze() {
      frozen = true
      for (const socket of [...pairs].flat()) socket.pause()
    },
    drop() {
      for (const socket of [...pairs].flat()) socket.destroy()
    },
    thaw() {
      frozen = false
      for (const socket of [...pairs].flat()) socket.resume()
    },
  }
}
