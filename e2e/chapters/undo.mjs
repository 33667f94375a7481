import assert from 'node:assert/strict'
import { bubble } from '../lib/chat.mjs'
import { until } from '../lib/until.mjs'

const slip = 'Oh no, not that customer again'
const better = 'Your order is being packed.'

/** An answer taken back within its time goes back to the composer, and the visitor never sees it. */
export async function undo({ desk, chat }) {
  await desk.send(slip)
  await desk.message(slip).getByRole('button', { name: 'Undo' }).click()
  await desk.message(slip).waitFor({ state: 'detached' })
  // The list may hear of it a moment before the composer gets its text back.
  await until('the answer is back in the composer', async () => (await desk.composer.inputValue()) === slip)

  // Answers of one conversation leave in order: when the later one is there, the slip would have been too.
  await desk.send(better)
  await bubble(chat, better).waitFor()
  assert.equal(await bubble(chat, slip).count(), 0)
}
