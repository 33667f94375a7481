import { traceFrames } from '../lib/trace.mjs'
import { exactly, note, percentile, within } from './figures.mjs'
import { CONVERSATIONS, openAll } from './ground.mjs'

/** From now on notes how many rows there are at most, in any frame. */
const noteNodes = (page) =>
  page.evaluate(() => {
    window.mostRows = 0
    const count = () => {
      window.mostRows = Math.max(window.mostRows, document.querySelectorAll('li[aria-posinset]').length)
      requestAnimationFrame(count)
    }
    count()
  })

/** Presses a key and waits for the frame after the one that a row at a place is in; gives the milliseconds between. */
async function jump(page, key, place) {
  // Whoever listens is there before the key is pressed.
  await page.evaluate((wanted) => {
    window.jumped = new Promise((done) =>
      addEventListener(
        'keydown',
        ({ timeStamp }) => {
          const look = () => {
            const { ariaSetSize } = document.querySelector('li[aria-posinset]')
            const at = wanted === 'last' ? ariaSetSize : '1'
            const row = document.querySelector(`li[aria-posinset="${at}"] [data-testid=conversation-row]`)
            requestAnimationFrame(row ? () => done(performance.now() - timeStamp) : look)
          }
          look()
        },
        { once: true, capture: true },
      ),
    )
  }, place)
  await page.keyboard.press(key)
  return page.evaluate(() => window.jumped)
}

/** 4. A hundred thousand rows: few nodes, a jump to the end, and frames in time. */
export async function longList({ desk }) {
  const { page } = desk
  await openAll(desk)
  const length = Number(await page.locator('li[aria-setsize]').first().getAttribute('aria-setsize'))
  exactly(4, `rows of the list, ${CONVERSATIONS} or more`, length >= CONVERSATIONS, true)
  await noteNodes(page)

  const took = []
  for (let n = 0; n < 5; n++) {
    took.push(await jump(page, 'End', 'last'))
    await jump(page, 'Home', 'first')
  }
  within(4, 'a jump to the end, key to paint, slowest of 5', Math.max(...took), 500, 'ms')

  await jump(page, 'End', 'last')
  await page.mouse.move(400, 450)
  for (const [where, by] of [
    ['up from the end', -1],
    ['down from the middle', 1],
  ]) {
    if (by > 0)
      await page.evaluate(async () => {
        const scroller = document.querySelector('li[aria-posinset]').closest('.scroller')
        scroller.scrollTop = scroller.scrollHeight / 2
        const frame = () => new Promise((done) => requestAnimationFrame(() => done()))
        do await frame()
        while (document.querySelector('[data-testid=row-unread]'))
      })
    const frames = await traceFrames(page, () => wheel(page, by))
    within(4, `main thread per frame, scrolling ${where}, p99`, percentile(frames.work, 0.99), 17, 'ms')
    note(
      4,
      `frame to frame on the wall, ${frames.spans.length} frames, p99`,
      percentile(frames.spans, 0.99),
      'ms',
    )
  }
  within(4, 'row nodes at most', await page.evaluate(() => window.mostRows), 60, 'nodes')
}

/** Turns the wheel for two seconds, a notch a frame. */
async function wheel(page, by) {
  const end = Date.now() + 2_000
  while (Date.now() < end) {
    await page.mouse.wheel(0, by * 120)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done())))
  }
}
