import assert from 'node:assert/strict'
import { leaves, sendAway, storedTexts } from '../lib/people.mjs'
import { until } from '../lib/until.mjs'

const first = 'It came on Monday, thirty kilos of it.'
const second = 'Not yet, I am afraid: next week. (Ask me again on Friday?)'

/** Both write; Ann sends while she can still take it back, and Bob is stopped by her answer all the same. */
export async function overtaken({ ann, bob, id }) {
  await ann.page.keyboard.press('Escape')
  await ann.page.keyboard.press('r')
  await bob.composer.fill(second)
  await ann.send(first)
  const alert = bob.page.getByRole('alert').filter({ hasText: 'Ann First answered while you were writing' })
  await alert.getByText(first).waitFor()

  const refused = bob.page.waitForResponse((answer) => answer.url().endsWith('/messages') && !answer.ok())
  await bob.composer.press('Control+Enter')
  const answer = await refused
  assert.equal(answer.status(), 409)
  const problem = await answer.json()
  assert.equal(problem.code, 'newer_messages')
  assert.deepEqual(
    problem.messages.map((message) => message.text),
    [first],
  )
  await until('every word is back', async () => (await bob.composer.inputValue()) === second)
  await alert.waitFor()

  // He reads it, says it better, and sends it anyway.
  await alert.getByRole('button', { name: 'I have seen it' }).click()
  await alert.waitFor({ state: 'detached' })
  const better = `And ${second}`
  await bob.composer.fill(better)
  await leaves(ann, first)
  await sendAway(bob, better)
  await ann
    .delivery(better)
    .filter({ hasText: /Sent|Delivered|Read/ })
    .waitFor()
  assert.deepEqual((await storedTexts(ann, id)).slice(-2), [first, better])
}

const slip = 'I was about to say that it is green.'
const stays = 'It is black, of course.'

/** What Ann takes back comes back to her; what Bob answered after it stays. */
export async function undone({ ann, bob, id }) {
  await ann.api('POST', `/conversations/${id}/messages`, { text: slip, undo_seconds: 60 })
  await bob.message(slip).waitFor()
  // With a minute to spare the button is there for certain.
  await bob.api('POST', `/conversations/${id}/messages`, { text: stays, undo_seconds: 60 })
  await bob.message(stays).getByRole('button', { name: 'Send now' }).click()
  await leaves(bob, stays)
  await ann.message(stays).waitFor()
  await ann.message(slip).getByRole('button', { name: 'Undo' }).click()
  await until('her words are back', async () => (await ann.composer.inputValue()) === slip)
  await bob.message(slip).waitFor({ state: 'detached' })
  assert.ok((await storedTexts(ann, id)).includes(stays))
  assert.ok(!(await storedTexts(ann, id)).includes(slip))
  await ann.composer.fill('')
}
