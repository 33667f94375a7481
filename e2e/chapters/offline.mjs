import assert from 'node:assert/strict'
import { bubble, marked, write } from '../lib/chat.mjs'
import { until } from '../lib/until.mjs'

const lost = 'One more thing: please wrap it as a present'
const returned = 'And a card with it: “For the kettle”'

/** Written without a network, kept over a closed page, sent once when the network is back. */
export async function offline(story) {
  const { desk, shop, browser } = story
  const before = browser.complaints.length
  await shop.context.setOffline(true)
  await write(story.chat, lost)
  await bubble(story.chat, lost).getByText('Will be sent when you are back online').first().waitFor()
  // The network comes back for a page that was opened anew: what was kept must come from the disk.
  await shop.page.goto('about:blank')
  await shop.context.setOffline(false)
  // The browser itself reported each refused connection; nothing else may have gone wrong.
  const refused = browser.complaints.splice(before)
  assert.deepEqual(
    refused.filter((complaint) => !complaint.includes('ERR_INTERNET_DISCONNECTED')),
    [],
  )
  await shop.enter()
  // A page left open comes back open; on a phone it stays closed until it is asked for.
  story.chat = await shop.frame()
  await marked(story.chat, lost, 'Sent')
  await desk.message(lost).waitFor()
  await write(story.chat, returned)
  await desk.message(returned).waitFor()

  const { items } = await desk.api('GET', `/conversations/${story.conversation.id}/messages?last=true`)
  assert.equal(items.filter((message) => message.text === lost).length, 1, 'it is stored once')
  await until('it is shown once', async () => (await bubble(story.chat, lost).count()) === 1)
}
