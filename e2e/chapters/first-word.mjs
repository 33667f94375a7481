import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { until } from '../lib/until.mjs'

const hello = 'Your pot has arrived'
const more = 'We keep it until Friday'

/** Writing first by a channel that is no mail, to a typed address; whoever has an open conversation there is found in it, with the words as a draft. */
export async function firstWord({ desk }) {
  const { page } = desk
  const place = page.url()
  const account = await desk.api('POST', '/accounts', {
    kind: 'custom',
    name: 'Courier',
    config: { secret: 'a secret of both', outgoing_url: 'http://127.0.0.1:9/nobody' },
  })
  assert.equal(account.writes_to, `account:${account.id}`)
  await page.reload()
  const write = async (words) => {
    await page.getByTestId('conversation-row').first().waitFor()
    // Not by its key: the composer, which takes letters, may have the focus a moment later.
    await page.getByRole('button', { name: 'New message', exact: true }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New message' })
    await dialog.getByLabel('Address').fill('customer-17')
    await dialog.getByTestId('write-chat-text').fill(words)
    return dialog
  }
  await assertAccessible(page, 'the desk before writing first')
  const dialog = await write(hello)
  await assertAccessible(page, 'writing first')
  await dialog.getByTestId('write-send').click()
  await desk.message(hello).waitFor()

  await (await write(more)).getByTestId('write-send').click()
  await until(
    'the second stands in the open conversation, as a draft',
    async () => (await desk.composer.inputValue()) === more,
  )
  assert.equal(await desk.message(hello).count(), 1)

  // An emoji where the cursor is, found by its name.
  await page.getByRole('button', { name: 'Emoji', exact: true }).click()
  const panel = page.getByTestId('emoji-panel')
  await panel.getByRole('searchbox').fill('teapot')
  await panel.getByRole('gridcell', { name: 'teapot' }).waitFor()
  await assertAccessible(page, 'choosing an emoji')
  await page.keyboard.press('Enter')
  await until('it stands in the answer', async () => (await desk.composer.inputValue()) === `${more}🫖`)
  await desk.composer.fill('')
  await page.goto(place)
  await desk.composer.waitFor()
}
