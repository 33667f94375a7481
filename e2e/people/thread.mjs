import assert from 'node:assert/strict'
import { until } from '../lib/until.mjs'
import { MESSAGES } from './board.mjs'

/** Two conversations of one person become one: read as one talk, and answered in the one that stays. */
export async function oneThread(story) {
  const { desk, anna, annie } = story
  const { page } = desk
  await page.goto(`${story.url}/inbox/${anna.id}?view=all&status=any`)
  await desk.message(`Anna says no. ${MESSAGES} of it.`).waitFor()
  const { merge_id } = await desk.api('POST', `/conversations/${anna.id}/merge`, {
    conversation_id: annie.id,
  })

  // What came later is below, with a line that says where it is from.
  await desk.message(`Annie says no. ${MESSAGES} of it.`).waitFor()
  const log = page.getByRole('log')
  // At the very top no further event comes.
  const up = () => log.evaluate((element) => element.scrollTo(0, element.scrollTop > 100 ? 50 : 200))
  await until('the talk is read back to its beginning', async () => {
    await up()
    return desk.message('Anna says no. 1 of it.').first().isVisible()
  })
  await until('the line between the two is on the page', async () => {
    await log.evaluate((element) => element.scrollBy(0, 600))
    return page.getByTestId('merged-from').getByText(`Merged from no. ${annie.number}`).first().isVisible()
  })
  await log.evaluate((element) => element.scrollTo(0, element.scrollHeight))

  await desk.answer('One answer to all of it.')
  const answer = await until('the answer is kept', async () => {
    const { items } = await desk.api('GET', `/conversations/${anna.id}/messages?last=true`)
    return items.find((one) => one.text === 'One answer to all of it.')
  })
  assert.equal(answer.conversation_id, anna.id)
  assert.equal(answer.seq, MESSAGES + 1, 'merging renumbers nothing')

  await desk.api('POST', '/conversations/unmerge', { merge_id })
  await until(
    'what was of the other one has gone',
    async () => (await page.getByTestId('merged-from').count()) === 0,
  )
  await desk.api('POST', `/conversations/${anna.id}/merge`, { conversation_id: annie.id })
}
