import assert from 'node:assert/strict'
import { client, says, told } from './written.mjs'

/** Fifteen of thirty minutes have passed five minutes after lunch. */
export async function warned({ clock, lena, conversation }) {
  const before = await lena.api('GET', `/conversations/${conversation}/clocks`)
  assert.equal(before.items[0].warned_at, null, 'lunch does not count')
  await clock.set('Monday', '14:05')
  await told(lena, conversation, 'clock.warned')
  await says(lena, /The first answer is due .*\(Half an hour\)/)
}

/** Nobody has answered by twenty past two. */
export async function breached({ clock, lena, conversation }) {
  await clock.set('Monday', '14:20')
  await told(lena, conversation, 'clock.breached')
  await says(lena, /The first answer was due .* and did not come \(Half an hour\)/)
  await lena.page.getByTestId('clock-first_response').first().getByText(/late/).waitFor()
  await lena.answer('It is, and we are sorry to be late.')
  await told(lena, conversation, 'clock.breached')
}

/** On the holiday a question waits for the next morning, and its half hour begins then. */
export async function holiday(story) {
  const { clock, lena, url } = story
  await clock.set('Wednesday', '10:00')
  const { id } = await client(story, 'Olga', 'Do you work today?')
  const { data } = await told(lena, id, 'routing')
  assert.equal(data.agent_id, null)
  assert.equal(data.reason, 'closed')
  await lena.page.goto(`${url}/inbox/${id}?view=all`)
  await says(lena, /the team is off now/)
  const { items } = await lena.api('GET', `/conversations/${id}/clocks`)
  assert.equal(Date.parse(items[0].due_at), clock.at('Thursday', '09:30'))

  await clock.set('Thursday', '09:00')
  const given = await told(lena, id, 'routing', (of) => of.agent_id !== null)
  await says(lena, /Given to .*: their turn/)
  story.morning = { id, holder: given.data.agent_id }
}
