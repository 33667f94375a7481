import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'
import { inspect, prod } from './inspect.mjs'

/**
 * Shows hostile mails in frames, many to a page, and watches what they do. Started by
 * hostile_test.go, which serves them at HALL; ELSEWHERE is what they try to reach.
 */
const { HALL, ELSEWHERE, CHROMIUM } = process.env
const perPage = 60

const { mails, certain, own } = await (await fetch(`${HALL}/mails`)).json()
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  // The addresses in mails are those of strangers: no name leads anywhere.
  args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
})

/** Everything that mails in a mode did: ran, asked for, went to, complained, hold. */
async function watch(mode, { from = 1, to = mails.length + 1, more = '' } = {}) {
  const context = await browser.newContext()
  await context.addCookies([{ name: 'parley_session', value: 'ada', url: HALL }])
  const did = { ran: [], asked: [], opened: [], went: [], holds: [], console: [], ours: [] }
  await context.exposeBinding('ranInMail', ({ frame }, what) => {
    did.ran.push(`${what} in ${frame.url()}`)
  })
  await context.addInitScript(() => {
    for (const name of ['alert', 'confirm', 'prompt', 'print'])
      Object.defineProperty(window, name, {
        value: (what) => window.ranInMail(`${name}(${what})`),
        writable: false,
      })
  })
  const page = await context.newPage()
  context.on('page', (other) => did.opened.push(other.url()))
  page.on('console', (message) => {
    if (!/Content Security Policy|sandboxed|net::ERR|Failed to load/i.test(message.text()))
      did.console.push(message.text())
  })
  page.on('dialog', (dialog) => {
    did.ran.push(`dialog ${dialog.message()}`)
    return dialog.dismiss()
  })
  // What left, and what was kept from leaving by something else than a policy.
  const left = new Set()
  page.on('request', (request) => left.add(request))
  page.on('requestfailed', (request) => {
    if (!/^net::ERR_(NAME|CONNECTION|ADDRESS|INTERNET)/.test(request.failure()?.errorText ?? ''))
      left.delete(request)
  })
  for (let start = from; start < to; start += perPage) {
    const end = Math.min(start + perPage, to)
    await page.goto(`${HALL}/hall/${mode}/${start}/${end}${more && `?more=${encodeURIComponent(more)}`}`, {
      waitUntil: 'load',
    })
    const places = await page.$$eval('iframe', (frames) => frames.map((one) => one.getAttribute('src')))
    assert.equal(places.length, end - start)
    if (mode === 'sanitised') await page.evaluate(prod)
    if (mode !== 'policy') did.holds.push(...(await page.evaluate(inspect)))
    // Whatever was still to run or to be asked for has had two frames and a turn of every queue.
    await page.evaluate(
      () =>
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))),
    )
    for (const frame of page.mainFrame().childFrames()) {
      const { pathname, search } = new URL(frame.url(), HALL)
      if (!places.includes(pathname + search)) did.went.push(frame.url())
    }
    assert.ok(page.url().startsWith(`${HALL}/hall/`), `the page went to ${page.url()}`)
  }
  for (const request of left) {
    const { protocol, origin, pathname, search } = new URL(request.url())
    if (protocol === 'data:') continue
    if (origin !== HALL) did.asked.push(request.url())
    else if (!/^\/(hall|raw|policy|sanitised|api\/v1\/messages)\//.test(pathname))
      did.ours.push(pathname + search)
  }
  await context.close()
  return did
}

const nothing = { ran: [], asked: [], opened: [], went: [], holds: [], console: [], ours: [] }
const begin = Date.now()
const say = (mode, did, many = mails.length) =>
  console.log(
    `${mode}: ${many} mails, ${did.ran.length} ran, ${did.asked.length} asked elsewhere, after ${Date.now() - begin} ms`,
  )

try {
  // The script sees what it must see: with no fence at all, these run and that one asks.
  const raw = await watch('raw', { to: certain + 2 })
  for (let id = 1; id <= certain; id++)
    assert.ok(
      raw.ran.some((one) => one.endsWith(`/raw/${id}`) || one.includes('about:srcdoc')),
      `${mails[id - 1].title} did not run unprotected: ${raw.ran}`,
    )
  assert.ok(raw.holds.length >= certain, `unprotected mails are found to hold ${raw.holds}`)
  assert.deepEqual(raw.asked, [`${ELSEWHERE}/picture.png`])

  const product = await watch('product')
  say('in the frame, with policy and sandbox', product)
  assert.deepEqual(product, nothing)

  const sanitised = await watch('sanitised')
  say('sanitised, without policy and sandbox', sanitised)
  assert.deepEqual(sanitised, nothing)

  // The second fence alone, with the mails that try everything: it is refused. They may ask us for what is not there.
  const policy = await watch('policy', { to: own + 1 })
  say('as it came, with policy and sandbox', policy, own)
  // One kind of request is neither answered nor said to have failed; the far side counts what arrives.
  const asked = policy.asked.filter((one) => !one.endsWith('/use.svg'))
  assert.deepEqual({ ...policy, asked, ours: [], went: [], console: [] }, nothing)

  // Pictures when asked for: through us, and only those.
  const picture = mails.findIndex((mail) => mail.title === 'picture') + 1
  const shown = await watch('product', { from: picture, to: picture + 1, more: '?images=true' })
  assert.deepEqual(
    { ...shown, ours: shown.ours.map((one) => one.replace(/\/[\w-]+$/, '/…')) },
    { ...nothing, ours: ['/api/v1/pictures/…'] },
  )
} finally {
  await browser.close()
}
