import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { bubble, write } from '../lib/chat.mjs'
import { until } from '../lib/until.mjs'

const asked = 'Do you sell jasmin pearls?'
const better = 'Do you sell jasmine pearls?'
const slip = 'Sent by mistake'
const reply = 'We do, by the hunderd grams.'
const corrected = 'We do, by the hundred grams.'
const regret = 'They are out of stock.'

/** Both sides of the site chat answer a message, change it, take it back and react; both see it at once and after a reload. */
export async function secondThoughts(story) {
  const { desk, shop, chat } = story
  const { page, composer } = desk
  const tool = async (message, name) => {
    await message.hover()
    await message.getByTestId('message-tools').click()
    await page.getByRole('menuitem', { name, exact: true }).click()
  }
  const deeds = async (text) => {
    const row = bubble(chat, text)
    await row.hover()
    await row.getByRole('button', { name: 'What to do with the message' }).click()
    return row
  }

  await write(chat, asked)
  await write(chat, slip)
  await desk.message(slip).waitFor()
  await (await deeds(asked)).getByRole('button', { name: 'Change' }).click()
  await assertAccessible(chat, 'changing a message of the chat')
  const field = chat.getByRole('textbox', { name: 'Change' })
  await field.fill(better)
  await field.press('Enter')
  await desk.message(better).getByText('edited').first().waitFor()
  await (await deeds(slip)).getByRole('button', { name: 'Delete' }).click()
  await until('what was taken back is gone for both', async () => (await desk.message(slip).count()) === 0)
  await chat.getByText('Message deleted').waitFor()
  await until('nor does the chat show it', async () => (await bubble(chat, slip).count()) === 0)

  await tool(desk.message(better), 'Reply to this message')
  await composer.fill(reply)
  await composer.press('Control+Enter')
  await desk.sendNow()
  await bubble(chat, reply).locator('.quote', { hasText: better }).waitFor()
  await tool(desk.message(reply), 'Edit')
  await page.getByTestId('message-edit').fill(corrected)
  await page.getByTestId('message-edit').press('Control+Enter')
  await bubble(chat, corrected).getByText('edited').waitFor()
  await (await deeds(corrected)).getByRole('button', { name: '👍' }).click()
  await desk.message(corrected).getByTestId('message-reaction').getByText('👍').waitFor()
  await desk.message(better).first().hover()
  await desk.message(better).first().getByRole('button', { name: 'React', exact: true }).click()
  await page.getByTestId('reactions').getByRole('button', { name: '🎉' }).click()
  await bubble(chat, better).first().getByText('🎉').waitFor()

  await desk.answer(regret)
  await bubble(chat, regret).waitFor()
  await tool(desk.message(regret), 'Delete for the contact')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await until('the visitor does not see it any more', async () => (await bubble(chat, regret).count()) === 0)

  // As it is kept, and not only as it was told.
  await shop.reload()
  const again = await shop.frame()
  story.chat = again
  await bubble(again, corrected).locator('.reactions', { hasText: '👍' }).waitFor()
  assert.equal(await bubble(again, regret).count(), 0)
  assert.equal(await bubble(again, slip).count(), 0)
  assert.equal(await bubble(again, better).first().locator('.reactions', { hasText: '🎉' }).count(), 1)
}
