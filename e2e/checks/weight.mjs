import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { signIn } from '../lib/people.mjs'
import { until } from '../lib/until.mjs'
import { exactly, note, percentile, quietly, within } from './figures.mjs'
import { openAll } from './ground.mjs'

const kilo = (bytes) => bytes / 1000

/** What scripts weigh together as they are sent. */
const sum = async (bodies) =>
  (await Promise.all(bodies)).reduce((all, body) => all + gzipSync(body, { level: 9 }).length, 0)

/** 12. What a first load fetches, and what a site fetches for the chat. */
export async function weight(story) {
  const fresh = await signIn(story, 'anna', await story.browser.person('anna-weighed'))
  const state = await fresh.context.storageState()
  await fresh.context.close()
  const { page, context } = await story.browser.person('anna-first', { storageState: state })
  const scripts = new Map()
  page.on('response', (answer) => {
    if (answer.request().resourceType() === 'script') scripts.set(answer.url(), answer.body())
  })
  await page.goto(`${story.url}/inbox?view=all`)
  await page.getByTestId('conversation-row').first().waitFor()
  // The page names what it needs to stand; what is fetched ahead, for the first press, comes behind.
  const html = await (await fetch(`${story.url}/inbox`)).text()
  const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(
    ([, path]) => story.url + path,
  )
  await until('all of them have come', () => named.every((address) => scripts.has(address)))
  const first = await sum(named.map((address) => scripts.get(address)))
  let before = -1
  await until('no more scripts come', async () => {
    await page.evaluate(() => new Promise((done) => requestIdleCallback(() => setTimeout(done, 500))))
    const settled = scripts.size === before
    before = scripts.size
    return settled
  })
  within(12, `script of the first load, ${named.length} files, gz`, kilo(first), 200, 'kB')
  note(
    12,
    `script with what is fetched ahead, ${scripts.size} files, gz`,
    kilo(await sum([...scripts.values()])),
    'kB',
  )
  await context.close()
  const loader = await (await fetch(`${story.url}/widget.js?account=${story.account}`)).text()
  assert.match(loader, /attachShadow/, 'it is the loader')
  within(12, 'the loader of the chat, gz', kilo(gzipSync(loader, { level: 9 }).length), 3, 'kB')
}

const OPENED = 40

/**
 * 12. A press on a row to its messages on the screen, in a list of a hundred thousand; and what the heap holds then. The
 * budget is for who looks at one conversation before opening the next, and whose pointer is at its row for a moment before
 * the press, while the page reads ahead. One row after the other without any pause is told beside it.
 */
export async function opening({ desk }) {
  const { page } = desk
  await openAll(desk)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const looked = await openMany(page, session, async (row) => {
    await page.mouse.move(900, 450)
    await row.hover()
    await settled(page)
  })
  within(12, `main thread for opening a thread, p95 of ${OPENED}`, percentile(looked.work, 0.95), 100, 'ms')
  quietly(12, 'opening a thread after resting at its row, to paint, p95', percentile(looked.took, 0.95), 100)
  note(12, 'and its median', percentile(looked.took, 0.5), 'ms')
  const hurried = await openMany(page, session, () => {})
  note(12, 'opening one after the other without a pause, p95', percentile(hurried.took, 0.95), 'ms')
  note(12, 'and its median', percentile(hurried.took, 0.5), 'ms')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  within(12, 'heap after scrolling and opening', usedSize / 1e6, 100, 'MB')
}

/** Opens rows that were not open yet; gives the time that each took, and what the main thread worked for it. */
async function openMany(page, session, rest) {
  const worked = async () =>
    (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ThreadTime').value *
    1000
  const took = []
  const work = []
  for (let n = 0; n < OPENED; n++) {
    await scrollOn(page, n % 10 === 9 ? 5_000 : 2)
    const row = page.locator('[data-testid=conversation-row]:not([aria-current])').nth(12)
    await row.waitFor()
    await rest(row)
    await page.evaluate(() => {
      const old = document.querySelector('[role=log]')
      if (old) old.dataset.old = 'yes'
      window.opened = new Promise((done) =>
        addEventListener(
          'pointerdown',
          ({ timeStamp }) => {
            const look = () => {
              const there = document.querySelector('[role=log]:not([data-old]) [data-testid=message]')
              requestAnimationFrame(there ? () => done(performance.now() - timeStamp) : look)
            }
            look()
          },
          { once: true, capture: true },
        ),
      )
    })
    const before = await worked()
    await row.click()
    took.push(await page.evaluate(() => window.opened))
    work.push((await worked()) - before)
  }
  return { took, work }
}

/** Goes on by so many rows. A jump has a budget of its own: who presses a row has seen it. */
async function scrollOn(page, rows) {
  await page.evaluate((by) => {
    document.querySelector('li[aria-posinset]').closest('.scroller').scrollTop += by * 76
  }, rows)
  await page.waitForFunction(() => !document.querySelector('[data-testid=row-unread]'))
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
}

/** Waits until nothing more is read for what is open: no answer has come between one moment of rest and the next. */
async function settled(page) {
  let before = -1
  await page.evaluate(() => performance.clearResourceTimings())
  await until('the page rests', async () => {
    const now = await page.evaluate(
      () =>
        new Promise((done) =>
          requestIdleCallback(() =>
            setTimeout(() => done(performance.getEntriesByType('resource').length), 50),
          ),
        ),
    )
    const rests = now === before
    before = now
    return rests
  })
}

/** 12. Nothing that a policy forbids was tried, by any page or frame of the story. */
export function policies({ browser }) {
  exactly(12, 'violations of a policy', browser.violations.length, 0)
}
