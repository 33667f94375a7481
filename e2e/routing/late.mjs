import assert from 'node:assert/strict'
import { says, told } from './written.mjs'

/** Four minutes later the other one of the team has it; the head is no member to be asked, being busy. */
export async function passedOn({ clock, lena, people, conversation, first, second }) {
  await clock.set('Monday', '12:55')
  const other = people[second]
  const { data } = await told(lena, conversation, 'routing', (of) => of.agent_id === other.id)
  const silent = data.passed.find((one) => one.agent_id === people[first].id)
  assert.equal(silent.reason, 'did_not_answer')
  await says(
    lena,
    new RegExp(`Given to ${other.name}: .*passed over: .*${people[first].name}.*did not answer in time`),
  )
}

/** Nobody of the team is left: Otto of the second line has it. */
export async function overflow({ clock, lena, people, conversation }) {
  await clock.set('Monday', '12:59')
  await told(lena, conversation, 'routing', (of) => of.reason === 'overflow')
  await told(lena, conversation, 'routing', (of) => of.agent_id === people.otto.id)
  await says(lena, /Given to the team Second line, because: .*did not answer in time/)
  await says(lena, /Given to Otto Late/)
}

/** The second line has no lunch, and nobody after Otto. */
export async function toTheHead({ clock, lena, people, conversation }) {
  await clock.set('Monday', '13:10')
  await told(lena, conversation, 'routing', (of) => of.reason === 'head' && of.agent_id === people.lena.id)
  await says(lena, /Given to Lena Head: head of the team/)
}
