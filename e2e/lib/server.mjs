import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { until } from './until.mjs'

/** A port of the loopback that nobody listens on. */
function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}

/**
 * Starts the program on a fresh data folder, with settings besides (`PARLEY_…`, or a function of the program's address that
 * gives them), and waits until it can store. What `fill` does with a function that runs commands of the program on the
 * folder is done before.
 * `kill` ends it in the midst of whatever it does, and `again` starts it anew on what it has left.
 * `stop` ends it, removes the folder, and rejects when the program did not end well.
 */
export async function startServer(more = {}, fill = () => {}) {
  const data = await mkdtemp(join(tmpdir(), 'parley-e2e-'))
  const url = `http://127.0.0.1:${await freePort()}`
  const settings = Object.entries(process.env).filter(([name]) => !name.startsWith('PARLEY_'))
  const env = { ...Object.fromEntries(settings), ...(typeof more === 'function' ? more(url) : more) }
  await fill((...command) =>
    promisify(execFile)(resolve(process.env.PARLEY_BIN), [...command, '--data', data], {
      env: Object.fromEntries(settings),
    }),
  )
  let log = ''
  let running

  async function again() {
    const child = spawn(
      resolve(process.env.PARLEY_BIN),
      ['serve', '--data', data, '--listen', new URL(url).host],
      { env, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        log = (log + text).slice(-20_000)
      })
    const run = { child, over: null }
    run.ended = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })))
    run.ended.then((how) => {
      run.over = how
    })
    running = run
    await until('the server can store', async () => {
      if (run.over) throw new Error(`the server ended at start (${JSON.stringify(run.over)}):\n${log}`)
      const answer = await fetch(`${url}/readyz`).catch(() => null)
      return answer?.ok
    })
  }
  await again()

  return {
    url,
    again,
    log: () =>
      running.over ? `${log}(the server is not running any more: ${JSON.stringify(running.over)})` : log,
    async kill() {
      running.child.kill('SIGKILL')
      await running.ended
    },
    async stop() {
      running.child.kill('SIGTERM')
      const how = await running.ended
      await rm(data, { recursive: true, force: true })
      if (how.code !== 0) throw new Error(`the server ended with ${JSON.stringify(how)}:\n${log}`)
    },
  }
}
