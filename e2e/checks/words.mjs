import { setTimeout as pause } from 'node:timers/promises'
import { openLine } from '../lib/line.mjs'
import { openConversation, signIn, storedTexts } from '../lib/people.mjs'
import { until } from '../lib/until.mjs'
import { exactly } from './figures.mjs'
import { talk } from './ground.mjs'

/** 5. A second agent's reply stops the first's send, and the draft stays. */
export async function secondReply(story) {
  const { desk, apiOfAnna } = story
  const { conversation } = await talk(story, 'Two Answers', 'Do you sell by the ounce?')
  await openConversation(desk, conversation.id)
  const words = 'By the ounce, by the pound and by the chest.'
  await desk.composer.fill(words)
  await apiOfAnna('POST', `/conversations/${conversation.id}/messages`, { text: 'We do.', seen_seq: 1 })
  const refused = desk.page.waitForResponse(
    (answer) => answer.url().endsWith('/messages') && answer.request().method() === 'POST',
  )
  await desk.composer.press('Control+Enter')
  exactly(5, 'the send after a second agent’s reply is answered', (await refused).status(), 409)
  await desk.page.getByRole('alert').filter({ hasText: 'We do.' }).waitFor()
  exactly(5, 'the draft then', await desk.composer.inputValue(), words)
  await desk.composer.fill('')
}

/** 6. An undo within ten seconds sends nothing; after them it is sent exactly once. */
export async function undoInTime(story) {
  const { desk } = story
  const [slipped, kept] = [
    await talk(story, 'Slip Of Tongue', 'Are you there?'),
    await talk(story, 'Patient Customer', 'Is it packed?'),
  ]
  const [slip, better] = ['Oh no, not that customer again', 'Your order is being packed.']
  await openConversation(desk, slipped.conversation.id)
  await desk.send(slip)
  await desk.message(slip).getByRole('button', { name: 'Undo' }).click()
  await desk.message(slip).waitFor({ state: 'detached' })
  await until('the answer is back in the composer', async () => (await desk.composer.inputValue()) === slip)
  await openConversation(desk, kept.conversation.id)
  await desk.send(better)
  // It leaves ten seconds later than the slip would have.
  await until(
    'the answer has left by itself',
    async () => (await kept.guest.texts()).includes(better),
    60_000,
  )
  const count = (texts, text) => texts.filter((one) => one === text).length
  exactly(6, 'times that what was undone was sent', count(await slipped.guest.texts(), slip), 0)
  exactly(6, 'times that what was not undone was sent', count(await kept.guest.texts(), better), 1)
}

/** 7. A draft survives a reload of a browser that kept nothing, and shows in another browser. */
export async function draftKept(story) {
  const { desk } = story
  const { conversation } = await talk(story, 'Slow Writer', 'What would you drink in the rain?')
  await openConversation(desk, conversation.id)
  const words = 'In the rain I would have the smoky one'
  const saved = desk.page.waitForResponse(
    (answer) => answer.url().endsWith('/draft') && answer.request().method() === 'PUT' && answer.ok(),
  )
  await desk.composer.fill(words)
  await saved
  await desk.page.evaluate(() => localStorage.clear())
  await desk.page.reload()
  const there = ({ composer }) =>
    until('the draft is there', async () => (await composer.inputValue().catch(() => '')) === words)
  await there(desk)
  exactly(7, 'the draft after a reload', await desk.composer.inputValue(), words)
  const other = await signIn(story, 'maria', await story.browser.person('maria-elsewhere'))
  await openConversation(other, conversation.id)
  await there(other)
  exactly(7, 'the draft in another browser', await other.composer.inputValue(), words)
  await other.context.close()
}

const CUT = 30_000
const notice = ({ page }) => page.getByRole('status').filter({ hasText: 'Reconnecting' })

/** 8, the beginning. Anna’s network is cut while the other checks go on; she writes on. */
export async function cutOff(story) {
  const { conversation, guest } = await talk(story, 'Wandering Caller', 'Can you hear me?')
  const line = await openLine(story.url)
  const anna = await signIn({ ...story, url: line.url }, 'anna')
  await openConversation(anna, conversation.id)
  await anna.message('Can you hear me?').waitFor()
  // Cut off from its worker's script, a browser would complain of that instead.
  await anna.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  line.freeze()
  line.drop()
  await anna.context.setOffline(true)
  story.cut = { anna, line, conversation, guest, at: Date.now() }
  await notice(anna).waitFor()
  await anna.send('I can, in a moment.')
  for (const text of ['First while you are away', 'Second while you are away']) await guest.write(text)
}

/** 8. Half a minute later the network is back: the line clears, and no message is lost or doubled. */
export async function backOnline(story) {
  const { anna, line, conversation, guest, at } = story.cut
  await pause(Math.max(0, at + CUT - Date.now()))
  exactly(8, 'messages that came through the cut', await anna.message('while you are away').count(), 0)
  line.thaw()
  await anna.context.setOffline(false)
  await notice(anna).waitFor({ state: 'detached' })
  await anna.message('Second while you are away').waitFor()
  await guest.write('And one after it')
  await anna.message('And one after it').waitFor()
  // What she wrote without a network did not know of what came meanwhile: it waits in the composer, and nothing of it was sent.
  const own = 'I can, in a moment.'
  await until('her words are back', async () => (await anna.composer.inputValue()) === own)
  exactly(
    8,
    'times it was sent unseen',
    (await storedTexts(anna, conversation.id)).filter((text) => text === own).length,
    0,
  )
  await anna.composer.press('Control+Enter')
  await anna.sendNow()
  await until('they have left', async () => (await guest.texts()).includes(own))
  const wanted = [
    'Can you hear me?',
    'First while you are away',
    'Second while you are away',
    'And one after it',
    'I can, in a moment.',
  ].sort()
  await until('all is shown', async () => (await anna.page.getByTestId('message').count()) >= wanted.length)
  const shown = await Promise.all(wanted.map((text) => anna.message(text).count()))
  exactly(8, 'times that each message is shown after the cut', shown.join(), wanted.map(() => 1).join())
  exactly(
    8,
    'and what is stored',
    (await storedTexts(anna, conversation.id)).sort().join(' | '),
    wanted.join(' | '),
  )
  await anna.context.close()
}
