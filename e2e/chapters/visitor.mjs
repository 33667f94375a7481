import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { marked, Shop, write } from '../lib/chat.mjs'

export const question = 'Good evening! Which oolong would you give to somebody who drinks only green tea?'

/** The first message of a stranger makes a conversation, a contact, a lead and a request with a number. */
export async function visitor(story) {
  const { desk } = story
  const shop = new Shop(await story.browser.person('visitor'), story.url)
  await shop.enter('?lang=en&utm_source=newsletter&utm_campaign=spring')
  await assertAccessible(shop.page, 'the sample shop')
  const chat = await shop.open()
  await write(chat, question)
  await marked(chat, question, 'Sent')
  await assertAccessible(chat, 'the chat')

  // No reload on the agent's side: the row comes by itself.
  await desk.row(question).waitFor()
  await desk.openRow(question)
  await desk.message(question).waitFor()
  const panel = desk.page.getByRole('complementary', { name: 'Details' })
  await panel.getByRole('heading', { name: 'Lead' }).waitFor()
  const number = await panel
    .locator('section', { hasText: 'Request' })
    .getByText(/no\. \d+/)
    .first()
    .innerText()
  assert.match(number, /no\. [1-9]\d*/)
  await assertAccessible(desk.page, 'a conversation')

  const { items: conversations } = await desk.api('GET', '/conversations')
  assert.equal(conversations.length, 1)
  const [conversation] = conversations
  assert.ok(conversation.contact_id && conversation.lead_id && conversation.request_id)
  const lead = await desk.api('GET', `/leads/${conversation.lead_id}`)
  assert.deepEqual(lead.utm, { utm_source: 'newsletter', utm_campaign: 'spring' })
  story.conversation = conversation
  story.shop = shop
  story.chat = chat
}
