import { guest } from '../lib/chat.mjs'
import { hire, openConversation, signIn } from '../lib/people.mjs'

export const question = 'Is the first flush in already?'

/** Ann and Bob see everything; a guest of the shop has asked something. */
export async function staff(story) {
  const { desk } = story
  story.people = await hire(desk, ['Ann First', 'Bob Second'])
  const { items } = await desk.api('GET', '/accounts')
  story.chat = items.find((one) => one.kind === 'webchat').id
  story.id = await asked(story, 'Vera', question)
  story.ann = await signIn(story, 'ann')
  story.bob = await signIn(story, 'bob')
}

/** Has a guest of the shop write, and gives the conversation. */
export async function asked({ url, chat, desk }, name, text) {
  await guest(url, chat, { name }, [text])
  const { items } = await desk.api('GET', '/conversations?limit=100')
  return items.find((one) => one.last_message.text === text).id
}

/** Looking and writing are shown to the other while they last. */
export async function present({ ann, bob, id }) {
  await openConversation(ann, id)
  await openConversation(bob, id)
  await ann.page.getByText('Bob Second is viewing').waitFor()
  await bob.composer.fill('Let me')
  await ann.page.getByText('Bob Second is writing a reply').waitFor()
  await bob.composer.fill('')
  await ann.page.getByText('Bob Second is viewing').waitFor()
  await ann.page.keyboard.press('n')
  await ann.composer.fill('I ask the grower')
  await bob.page.getByText('Ann First is writing a note').waitFor()
  await ann.composer.fill('')
  await bob.page.getByText('Ann First is viewing').waitFor()

  await ann.page.getByRole('navigation').getByRole('link', { name: 'Contacts' }).click()
  await bob.page.getByText('Ann First is').waitFor({ state: 'detached' })
  await openConversation(ann, id)
  await bob.page.getByText('Ann First is viewing').waitFor()
  await bob.page.goto('about:blank')
  await ann.page.getByText('Bob Second is').waitFor({ state: 'detached' })
  await openConversation(bob, id)
  await ann.page.getByText('Bob Second is viewing').waitFor()
}
