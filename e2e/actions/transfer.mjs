import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'

const word = 'She called twice. Please be quick.'

/** Ann gives Petra to Bob, who sees why. */
export async function handedOver({ ann, bob, guests, people, desk, url }) {
  const { petra } = guests
  const { page } = ann
  await page.goto(`${url}/inbox/${petra.id}?view=all`)
  await ann.composer.waitFor()
  await page.locator('h2').first().click()
  await page.keyboard.press('Shift+A')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('To whom').selectOption({ label: people.bob.name })
  await dialog.getByLabel('A word to them').fill(word)
  await assertAccessible(page, 'handing over')
  await dialog.getByRole('button', { name: 'Hand over' }).click()
  await dialog.waitFor({ state: 'detached' })
  await bob.page.goto(`${url}/inbox/${petra.id}?view=mine`)
  await bob.message(word).waitFor()
  const { assignee_id } = await desk.api('GET', `/conversations/${petra.id}`)
  assert.equal(assignee_id, people.bob.id)
}
