import assert from 'node:assert/strict'
import { until } from '../lib/until.mjs'

/** A gateway is described and connected in the browser; a text comes in, is answered, counted and delivered. */
export async function sms({ desk, gateway, url }) {
  const { page } = desk
  await page.goto(`${url}/settings/channels`)
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await page.getByRole('menuitem', { name: 'SMS' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('Texts')
  await dialog.getByLabel('Gateway password or key').fill('key of the gateway')
  await dialog.getByLabel('Description of your gateway').fill('{"url": 5}')
  await dialog.getByRole('button', { name: 'Connect' }).click()
  await dialog.getByText(/description cannot be used/).waitFor()
  await dialog.getByLabel('Description of your gateway').fill(gateway.description)
  await dialog.getByLabel('SMS per message at most').fill('2')
  await dialog.getByRole('button', { name: 'Connect' }).click()
  const card = page.getByRole('article', { name: 'Texts' })
  await card.getByText('Connected').waitFor()
  await card.getByRole('button', { name: 'Webhook address' }).click()
  const hook = new URL(await card.getByRole('textbox', { name: 'Webhook address' }).inputValue(), url)

  const push = (body) => fetch(hook, { method: 'POST', body: JSON.stringify(body) })
  assert.equal((await push({ id: 'in-1', from: '79005556677', text: 'Is it open today?' })).status, 200)
  await page.goto(`${url}/inbox?view=all`)
  await desk.openRow('+79005556677')
  const room = page.getByTestId('composer-room')
  await desk.composer.fill('Yes')
  await room.getByText('1 SMS · 157 characters left').waitFor()
  await desk.composer.fill('Да')
  await room.getByText('1 SMS · 68 characters left').waitFor()
  await desk.composer.fill('я'.repeat(135))
  await room.getByText('3 SMS, at most 2 are sent').waitFor()
  assert.equal(await page.getByTestId('composer-send').isDisabled(), true)
  await desk.answer('Yes, until 9 pm')
  await until('the answer goes out', () => gateway.sent.length === 1)
  assert.deepEqual(gateway.sent[0], { to: '79005556677', text: 'Yes, until 9 pm' })
  await push({ id: 'sms-1', state: 'DELIVRD' })
  await desk.delivery('Yes, until 9 pm').getByText('Delivered').waitFor()
}
