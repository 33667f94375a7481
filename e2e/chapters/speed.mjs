import assert from 'node:assert/strict'
import { marked, Shop, write } from '../lib/chat.mjs'
import { arrival, lastPress, median, noteArrivals, notePresses } from '../lib/stopwatch.mjs'

const ROUNDS = 9
/** From the press of Enter in the shop to the words in the agent's page, in milliseconds. */
const LIMIT = 100

/** Measures the way of a message, in the middle of several: one hiccup of a busy machine says nothing. */
export async function speed({ browser, url, desk }, step) {
  const shop = new Shop(await browser.person('hurried'), url)
  await shop.enter()
  const chat = await shop.open()
  // The first message makes a visitor, which is a question more; it is not what is measured.
  await write(chat, 'Hello?')
  await marked(chat, 'Hello?', 'Sent')
  await desk.row('Hello?').waitFor()

  const texts = Array.from({ length: ROUNDS }, (_, at) => `Is anybody there, ${at + 1}?`)
  await notePresses(chat)
  await noteArrivals(desk.page, texts)
  const took = []
  for (const text of texts) {
    await write(chat, text)
    const arrived = await arrival(desk.page, text)
    took.push(arrived - (await lastPress(chat)))
  }
  const shown = took.map((ms) => ms.toFixed(0)).join(', ')
  step.diagnostic(`press of Enter to the agent's page, ms: ${shown}`)
  assert.ok(median(took) <= LIMIT, `the median of ${shown} ms is over ${LIMIT}`)
  await shop.context.close()
}
