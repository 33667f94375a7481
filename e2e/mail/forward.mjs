import assert from 'node:assert/strict'
import { header, readable } from '../lib/post.mjs'

/** A mail is forwarded from its own menu: what was typed goes where it is meant, and the files go along. */
export async function forward({ desk, post }) {
  const { page } = desk
  const mail = desk.mail('Anna Petrova').first()
  await mail.getByRole('button', { name: 'More about this mail' }).click()
  await page.getByRole('menuitem', { name: 'Forward' }).click()
  await page.getByRole('combobox', { name: /^To/ }).and(page.locator(':focus')).waitFor()
  await page.keyboard.type('boris@example.org')
  await page.keyboard.press('Enter')
  await page.getByText('The mail from Anna Petrova goes along, with its files.').waitFor()
  await page.getByTestId('mail-text').focus()
  await page.keyboard.type('Boris, please look into this.')
  await page.keyboard.press('Control+Enter')
  await desk.sendNow()
  await desk.ours.getByTestId('delivery').filter({ hasText: 'Sent' }).waitFor()

  const sent = await post.sent('please look into this')
  const data = readable(sent.data)
  assert.deepEqual(
    sent.to.map((one) => /<(.*)>/.exec(one)[1]),
    ['boris@example.org'],
  )
  assert.equal(header(sent.data, 'Subject'), 'Fwd: Order 1042')
  for (const part of ['receipt.pdf', 'cup.png', 'It should have come', 'anna@example.org'])
    assert.ok(data.includes(part), `${part} goes along`)
  assert.ok(!data.includes('document.title'), 'what could run stays behind')
}
