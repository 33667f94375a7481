import { setTimeout as pause } from 'node:timers/promises'
import { exactly, percentile, within } from './figures.mjs'
import { openAll, visitor } from './ground.mjs'

const RATE = 20
const EVENTS = 100
const WORD = 'live message no.'

/** Writes at the rate, whoever is slow; tells when each was begun. */
async function flow(guests, count, text) {
  const began = Date.now()
  const sent = []
  for (let n = 0; n < count; n++) {
    await pause(Math.max(0, began + (n * 1000) / RATE - Date.now()))
    sent.push(guests[n % guests.length].write(text(n)))
  }
  return Promise.all(sent)
}

/** From now on notes when a row first says what. */
function noteRows(page, word) {
  return page.evaluate((begin) => {
    const seen = {}
    window.rowArrivals = seen
    const form = new RegExp(`${begin} (\\d+)`)
    const look = () => {
      for (const row of document.querySelectorAll('[data-testid=conversation-row]')) {
        const n = form.exec(row.textContent)?.[1]
        if (n !== undefined) seen[n] ??= performance.timeOrigin + performance.now()
      }
    }
    const list = document.querySelector('li[aria-posinset]').parentElement
    new MutationObserver(look).observe(list, { subtree: true, childList: true, characterData: true })
  }, word)
}

/** 3. A live message reaches the list within 200 ms at 20 events a second, and the scroll position does not move. */
export async function liveMessages(story) {
  const { desk } = story
  const { page } = desk
  await openAll(desk, '?view=all')
  const make = (from, count) =>
    Promise.all(Array.from({ length: count }, (_, n) => visitor(story, `Live ${from + n}`)))
  const guests = await make(0, 20)
  await noteRows(page, WORD)
  const sent = await flow(guests, EVENTS, (n) => `${WORD} ${n}`)
  await page.waitForFunction((many) => Object.keys(window.rowArrivals).length >= many, EVENTS)
  const arrived = await page.evaluate(() => window.rowArrivals)
  const took = sent.map((at, n) => arrived[n] - at)
  within(3, 'a message, sent to in the list, p95 at 20/s', percentile(took, 0.95), 200, 'ms')

  // Every one of these begins a conversation, a row above what is read.
  const strangers = await make(100, 40)
  const place = await page.evaluate(async () => {
    const scroller = document.querySelector('li[aria-posinset]').closest('.scroller')
    scroller.scrollTop = 30 * 76 + 31
    const frame = () => new Promise((done) => requestAnimationFrame(() => done()))
    const loaded = () => {
      const edge = scroller.getBoundingClientRect().top
      const row = [...document.querySelectorAll('[data-testid=conversation-row]')].find(
        (one) => one.getBoundingClientRect().bottom > edge + 1,
      )
      return row && !document.querySelector('[data-testid=row-unread]') ? row : null
    }
    let row = loaded()
    while (!row) {
      await frame()
      row = loaded()
    }
    const { id } = row.dataset
    window.watched = {
      top: row.getBoundingClientRect().top,
      moved: 0,
      length: Number(row.closest('li').ariaSetSize),
    }
    const watch = () => {
      const now = document.querySelector(`[data-testid=conversation-row][data-id="${id}"]`)
      const by = now ? Math.abs(now.getBoundingClientRect().top - window.watched.top) : Infinity
      window.watched.moved = Math.max(window.watched.moved, by)
      window.watched.position = Number(now?.closest('li').ariaPosInSet)
      window.watched.frame = requestAnimationFrame(watch)
    }
    watch()
    return Number(row.closest('li').ariaPosInSet)
  })
  await flow(strangers, strangers.length, (n) => `stranger no. ${n}`)
  await page.waitForFunction((position) => window.watched.position >= position, place + strangers.length)
  const moved = await page.evaluate(() => {
    cancelAnimationFrame(window.watched.frame)
    return window.watched.moved
  })
  exactly(3, 'pixels that the list moved while 40 rows came above it', Math.round(moved), 0)
}
