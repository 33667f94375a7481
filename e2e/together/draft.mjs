import assert from 'node:assert/strict'
import { openConversation, sendAway, signIn } from '../lib/people.mjs'
import { until } from '../lib/until.mjs'

const atWork = 'Dear Vera, the first flush'
const atHome = 'Hello Vera! About the tea'

const kept = (desk) =>
  desk.page.waitForResponse(
    (answer) => answer.url().endsWith('/draft') && answer.request().method() === 'PUT' && answer.ok(),
  )

/** What was begun in two browsers is reachable in both, also after one of them was closed. */
export async function twoBrowsers(story) {
  const { ann, id } = story
  await openConversation(ann, id)
  const home = await signIn(story, 'ann', await story.browser.person('ann-at-home'))
  await openConversation(home, id)
  const first = kept(ann)
  await ann.composer.fill(atWork)
  await first
  const second = kept(home)
  await home.composer.fill(atHome)
  await home.page.getByText(`Another window has a different draft: ${atWork}`).waitFor()
  await second

  // The server has the one; the other stays with the browser until it was looked at, whatever happens.
  await home.page.reload()
  await home.composer.waitFor()
  await until('her words are there', async () => (await home.composer.inputValue()) === atHome)
  await home.page.getByText(`Another window has a different draft: ${atWork}`).waitFor()
  // Lines at the bottom can be dismissed as well.
  const other = home.page.locator('p').filter({ hasText: 'Another window has a different draft' })
  await other.getByRole('button', { name: 'Use it' }).click()
  await until('the first is used', async () => (await home.composer.inputValue()) === atWork)
  await home.page.getByText(`Another window has a different draft: ${atHome}`).waitFor()
  await other.getByRole('button', { name: 'Dismiss' }).click()
  story.home = home
}

/** Two tabs hear the same by one connection; what leaves from the one is not offered once more by the other. */
export async function twoTabs(story) {
  const { home, bob, id } = story
  const words = 'The first flush is in: thirty kilos.'
  await openConversation(bob, id)
  const saved = kept(home)
  await home.composer.fill(words)
  await saved
  const page = await home.context.newPage()
  const tab = Object.assign(Object.create(Object.getPrototypeOf(home)), { ...home, page })
  await openConversation(tab, id)
  await until('the draft is in the other tab', async () => (await tab.composer.inputValue()) === words)
  await sendAway(tab, words)
  await home.message(words).waitFor()
  await bob.message(words).waitFor()
  await until('it is not offered again', async () => (await home.composer.inputValue()) === '')
  const { items } = await home.api('GET', `/conversations/${id}/messages?last=true`)
  assert.equal(items.filter((message) => message.text === words).length, 1)
  assert.equal(await home.message(words).count(), 1)

  // Who leads goes; who followed hears on.
  await home.page.close()
  const last = 'And it is sold out by Friday.'
  await sendAway(bob, last)
  await tab.message(last).waitFor()
  story.ann = tab
}
