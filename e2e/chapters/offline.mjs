import assert from 'node:assert/strict'
import { bubble, marked, write } from '../lib/chat.mjs'
import { until } from '../lib/until.mjs'

/** The line that the visitor's browser writes about every connection that it refuses without a network. */
export const refused = /^visitor: console: .*ERR_INTERNET_DISCONNECTED/

const lost = 'One more thing: please wrap it as a present'
const returned = 'And a card with it: “For the kettle”'

/** Written without a network, kept over a closed page, sent once when the network is back. */
export async function offline(story) {
  const { desk, shop } = story
  await shop.context.setOffline(true)
  await write(story.chat, lost)
  await bubble(story.chat, lost).getByText('Will be sent when you are back online').first().waitFor()
  // The network comes back for a page that was opened anew: what was kept must come from the disk.
  await shop.page.goto('about:blank')
  await shop.context.setOffline(false)
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
