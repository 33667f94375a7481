import { gzipSync } from 'node:zlib'
import { signIn } from '../lib/people.mjs'
import { until } from '../lib/until.mjs'
import { exactly, percentile, within } from './figures.mjs'
import { openAll } from './ground.mjs'

const kilo = (bytes) => bytes / 1000

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
  let before = -1
  await until('no more scripts come', async () => {
    await page.evaluate(() => new Promise((done) => requestIdleCallback(() => setTimeout(done, 500))))
    const settled = scripts.size === before
    before = scripts.size
    return settled
  })
  const bodies = await Promise.all(scripts.values())
  const sum = bodies.reduce((all, body) => all + gzipSync(body, { level: 9 }).length, 0)
  within(12, `script of the first load, ${bodies.length} files, gz`, kilo(sum), 200, 'kB')
  await context.close()
  const loader = await (await fetch(`${story.url}/widget.js?account=${story.account}`)).arrayBuffer()
  within(12, 'the loader of the chat, gz', kilo(gzipSync(Buffer.from(loader), { level: 9 }).length), 3, 'kB')
}

const OPENED = 40

/** 12. A click on a row to its messages on the screen, in a list of a hundred thousand; and what the heap holds then. */
export async function opening({ desk }) {
  const { page } = desk
  await openAll(desk)
  const took = []
  for (let n = 0; n < OPENED; n++) {
    if (n % 10 === 9)
      await page.evaluate(() => {
        document.querySelector('li[aria-posinset]').closest('.scroller').scrollTop += 5_000 * 76
      })
    const row = page.locator('[data-testid=conversation-row]:not([aria-current])').nth(12 + (n % 5))
    await row.waitFor()
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
    await row.click()
    took.push(await page.evaluate(() => window.opened))
  }
  within(12, `opening a thread, press to paint, p95 of ${OPENED}`, percentile(took, 0.95), 100, 'ms')
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  within(12, 'heap after scrolling and opening', usedSize / 1e6, 100, 'MB')
}

/** 12. Nothing that a policy forbids was tried, by any page or frame of the story. */
export function policies({ browser }) {
  exactly(12, 'violations of a policy', browser.violations.length, 0)
}
