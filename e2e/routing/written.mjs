import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { guest } from '../lib/chat.mjs'
import { until } from '../lib/until.mjs'

export const question = 'Is the green tea in stock?'

/** Reads the timeline until it has a line of a type that fits. */
export function told(desk, conversation, type, fits = () => true) {
  return until(`the timeline tells of ${type}`, async () => {
    const { items } = await desk.api('GET', `/conversations/${conversation}/timeline?limit=100`)
    return items.find((item) => item.type === type && fits(item.data))
  })
}

/** Reads what the panel beside the open conversation says. */
export function says(desk, words) {
  return desk.page.getByRole('complementary', { name: 'Details' }).getByText(words).first().waitFor()
}

/** A client writes; gives the conversation. */
export async function client(story, name, text) {
  await guest(story.url, story.chat.id, { name }, [text])
  return until('the conversation is there', async () => {
    const { items } = await story.desk.api('GET', '/conversations?sort=newest')
    return items.find((item) => item.last_message.text === text)
  })
}

/** It is ten to one: Ann gets it, because it is her turn, and twenty minutes of the half hour are after lunch. */
export async function written(story) {
  const { lena, people } = story
  await story.clock.set('Monday', '12:50')
  const { id } = await client(story, 'Ivan', question)
  story.conversation = id
  const { data } = await told(lena, id, 'routing')
  assert.equal(data.reason, 'even_turns')
  story.first = data.agent_id === people.ann.id ? 'ann' : 'bob'
  story.second = story.first === 'ann' ? 'bob' : 'ann'

  const { page } = lena
  await page.goto(`${story.url}/inbox/${id}?view=all`)
  await says(lena, `Given to ${people[story.first].name}: their turn`)
  const chip = page.getByTestId('clock-first_response').first()
  await chip.click()
  const why = page.getByTestId('clock-why')
  await why.getByText(/“Half an hour” promises 30 min.* of the hours “Duty hours”/).waitFor()
  await why
    .getByText(/14:00.14:20|2:00.*2:20/)
    .first()
    .waitFor()
  await assertAccessible(page, 'the reason for a deadline')
  await page.keyboard.press('Escape')
}
