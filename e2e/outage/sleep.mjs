import { openConversation } from '../lib/people.mjs'
import { caughtUp, says, stays } from './truth.mjs'

/** Puts a page to sleep, as browsers do with pages out of sight: nothing of it runs until it is woken. */
async function sleep({ page, context }) {
  const wire = await context.newCDPSession(page)
  await wire.send('Debugger.enable')
  const asleep = new Promise((done) => wire.once('Debugger.paused', done))
  await wire.send('Debugger.pause')
  // Something must run to be stopped.
  const next = page.evaluate(() => true)
  await asleep
  return async () => {
    await wire.send('Debugger.resume')
    await wire.send('Debugger.disable')
    await wire.detach()
    await next
    await page.evaluate(() => document.dispatchEvent(new Event('resume')))
  }
}

/** An hour passes for the page at once when it wakes; what was said meanwhile is there, and it was not loaded anew. */
export async function asleep(story) {
  const { ann } = story
  const wake = await sleep(ann)
  await says(story, 'Rita', 'Is there a café?')
  await story.desk.api('POST', `/conversations/${story.id}/messages`, {
    kind: 'note',
    text: 'She asked by phone too',
  })
  await wake()
  await ann.page.clock.fastForward('01:00:00')
  await caughtUp(story)
}

/** The server knows the place no more that the page resumes from; it says so, and the page reads what is on the screen. */
export async function forgotten(story) {
  const { ann, line } = story
  const address = /\/api\/v1\/events/
  await ann.page.route(address, (route) => {
    const url = new URL(route.request().url())
    url.searchParams.set('last_event_id', '9007199254740991')
    return route.continue({ url: url.href })
  })
  const wake = await sleep(ann)
  await says(story, 'Toma', 'Do you sell cups?')
  await story.desk.api('POST', `/conversations/${story.id}/messages`, { kind: 'note', text: 'And by mail' })
  line.drop()
  await wake()
  await ann.page.clock.fastForward('01:00:00')
  await caughtUp(story)
  await ann.page.unroute(address)
}

/**
 * Two tabs share one line. The one that holds it falls silent, as a sleeping one does; the one in sight takes it, and both
 * are up to date in the end. Tabs of one site may share a thread, so the one cannot be stopped without the other.
 */
export async function leaderSilent(story) {
  const { ann } = story
  const page = await ann.context.newPage()
  await page.clock.install()
  const other = Object.assign(Object.create(Object.getPrototypeOf(ann)), ann, { page })
  await openConversation(other, story.id)
  await stays(other)
  await ann.page.evaluate(() => {
    const { postMessage } = BroadcastChannel.prototype
    BroadcastChannel.prototype.postMessage = () => {}
    window.speakAgain = () => {
      BroadcastChannel.prototype.postMessage = postMessage
      document.dispatchEvent(new Event('resume'))
    }
  })
  await says(story, 'Yana', 'Who is there?')
  await page.evaluate(() => dispatchEvent(new Event('focus')))
  await page.clock.fastForward(6_000)
  await other.row('Who is there?').first().waitFor()
  await caughtUp(story, other)
  await ann.page.evaluate(() => window.speakAgain())
  await caughtUp(story)
  await page.close()
  await says(story, 'Zoya', 'And who is there now?')
  await ann.row('And who is there now?').first().waitFor()
  await caughtUp(story)
}
