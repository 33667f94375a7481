import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { greeting, trigger } from './build.mjs'

/** The dry run says what it would have done and why, and does nothing of it; then the trigger is saved. */
export async function tried({ desk }) {
  const { page } = desk
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('It would have acted on 1 of 1 event.').waitFor()
  const trial = page.locator('details', { hasText: 'Are you open now?' })
  await trial.locator('summary').click()
  // The visitor said no name, and the one that we gave them is not for addressing them.
  await trial.getByText(`${greeting}, friend`).waitFor()
  await trial.getByText('Now is outside business hours “Shop”').waitFor()
  await trial.getByText('1 minute, unless somebody answers').waitFor()
  await assertAccessible(page, 'a dry run')
  const { items } = await desk.api('GET', '/conversations')
  assert.deepEqual([items[0].labels, items[0].lead_id], [[], null], 'a dry run changed something')

  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('link', { name: trigger }).waitFor()
  assert.equal(await page.getByRole('switch', { name: /Night watch/ }).getAttribute('aria-checked'), 'true')
  await assertAccessible(page, 'the triggers')
}
