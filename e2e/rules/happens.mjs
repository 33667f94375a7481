import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { bubble, Shop, write } from '../lib/chat.mjs'
import { setAhead } from '../lib/clock.mjs'
import { until } from '../lib/until.mjs'
import { greeting, trigger } from './build.mjs'

/** Another stranger writes and is greeted; the desk shows the label, the lead, and in the timeline why. */
export async function happens(story) {
  const { desk, url } = story
  const { page } = desk
  const shop = new Shop(await story.browser.person('late-visitor'), url)
  await shop.enter()
  const chat = await shop.open()
  await write(chat, 'Is anybody there?')
  await bubble(chat, greeting).waitFor()

  await page.goto(`${url}/inbox`)
  await desk.openRow(greeting)
  await desk.message(greeting).waitFor()
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByRole('heading', { name: 'Lead' }).waitFor()
  await panel.getByText('Labels: Night').waitFor()
  await panel.getByText('Intake rule “Leads by trigger” was applied').waitFor()
  const entry = panel.getByTestId('timeline-trigger').last()
  await entry.getByText(`Trigger “${trigger}”: answer the contact, create a lead, add a label`).waitFor()
  await entry
    .getByText(/because Now is outside business hours “Shop”; The contact was known before: no/)
    .waitFor()
  await entry.getByRole('button', { name: 'What and why' }).click()
  await entry.getByText('still to come').waitFor()
  await assertAccessible(page, 'a timeline with a trigger')
  story.late = new URL(page.url()).pathname
}

/** The minute is over and nobody has answered: the head has a mail, and the log shows the whole run. */
export async function told({ clock, desk, early, post, url, late }) {
  const { page } = desk
  const conversation = late.split('/').at(-1)
  await setAhead(clock, 61_000)
  // The program waits by steady time, which no clock moves, until something makes it look at the clock.
  await write(early, 'And tomorrow?')
  const over = async () => {
    const { items } = await desk.api('GET', `/conversations/${conversation}/runs`)
    return items.find((item) => item.outcome !== 'waiting')
  }
  const run = await until('the run is over', over, 60_000)
  assert.equal(run.outcome, 'done')
  assert.equal(run.steps.length, 5)
  await post.sent('Nobody has answered at night')
  await page.goto(`${url}${late}`)
  const entry = page.getByTestId('timeline-trigger').first()
  await entry.getByText(/tell a colleague by mail/).waitFor()
  await entry.getByRole('button', { name: 'What and why' }).click()
  await entry.getByRole('link', { name: 'Open in the log' }).click()
  const open = page.locator('details[open]')
  await open.getByText('Tell a colleague by mail: Nobody has answered at night').waitFor()
  await open.getByText('The contact was known before: no').last().waitFor()
  await assertAccessible(page, 'the log of a trigger')
}

/** The label is deleted: the trigger that needs it says so in the list, before it acts and fails. */
export async function broken({ desk, url }) {
  const { page } = desk
  const { items } = await desk.api('GET', '/labels')
  await desk.api('DELETE', `/labels/${items[0].id}`)
  await page.goto(`${url}/settings/triggers`)
  await until('the list says so', async () => {
    await page.reload()
    await page.getByRole('link', { name: trigger }).waitFor()
    return page.getByText('Action 3: There is no such label any more.').isVisible()
  })
  await page.getByText('Does not work').waitFor()
  await assertAccessible(page, 'a trigger that no longer works')
}
