import assert from 'node:assert/strict'
import { readable } from '../lib/post.mjs'
import { until } from '../lib/until.mjs'

/** A quick reply is put into a mail at the cursor, before the signature; it leaves once its blank is filled in. */
export async function quick({ desk, post }) {
  const { page } = desk
  await desk.api('POST', '/quick-replies', {
    shortcut: 'parcel',
    scope: 'all',
    text: 'Parcel {{ ask: "parcel number" }} is with the post.\n\nYours, {{ agent.first_name }}',
  })
  await page.reload()
  const text = page.getByTestId('mail-text')
  await text.waitFor()
  await page.locator('body').press('KeyR')
  await page.keyboard.type('Hello! /parcel')
  await page
    .getByTestId('quick-panel')
    .getByRole('option', { name: /parcel/ })
    .waitFor()
  await page.keyboard.press('Enter')
  await page.getByTestId('quick-panel').getByRole('button', { name: 'fill in later' }).click()
  await text.getByText('Hello! Parcel [[parcel number]] is with the post.').waitFor()
  await text.press('Control+Enter')
  await page.getByRole('alert').filter({ hasText: 'parcel number' }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.type('B-5')
  await until('the blank is filled in', async () => /Parcel B-5 is with/.test(await text.innerText()))
  await text.press('Control+Enter')
  await desk.sendNow()
  const mail = await post.sent('Parcel B-5 is with the post.')
  assert.match(readable(mail.data), /Hello! Parcel B-5 is with the post\./)
  const { items } = await desk.api('GET', '/quick-replies')
  assert.equal(items[0].uses, 1, 'it was counted')
}
