import { bubble, marked, write } from '../lib/chat.mjs'

const reply = 'Try Milky oolong: green enough to feel like home, and it forgives boiling water.'
const thanks = 'Lovely, two packets then!'

/** An answer reaches the visitor; each side sees what became of its words, and that the other is writing. */
export async function answer({ desk, chat }) {
  await chat.getByRole('textbox').pressSequentially('Hm')
  await desk.page.getByText('Typing…').first().waitFor()
  await chat.getByRole('textbox').fill('')

  await desk.composer.pressSequentially('Try')
  await chat.locator('.typing').waitFor()

  await desk.answer(reply)
  await bubble(chat, reply).waitFor()
  // The chat is open and in sight, so the answer is read as soon as it is there.
  await desk.delivery(reply).filter({ hasText: 'Read' }).waitFor()

  await write(chat, thanks)
  await desk.message(thanks).waitFor()
  // It stands on the agent's screen, in front of the agent.
  await marked(chat, thanks, 'Read')
}
