import assert from 'node:assert/strict'
import { password } from '../lib/people.mjs'
import { until } from '../lib/until.mjs'
import { caughtUp, says } from './truth.mjs'

/** Her session is ended from elsewhere in the midst of a sentence; she signs in over it and writes on. */
export async function expired(story) {
  const { ann } = story
  const words = 'The island ferry goes on Tuesdays and'
  await ann.composer.fill(words)
  await endSessions(story)
  const dialog = ann.page.getByRole('dialog', { name: 'Your session has ended' })
  await dialog.waitFor()
  await says(story, 'Boris', 'What do you recommend?')
  assert.equal(await ann.composer.inputValue(), words)
  await dialog.getByLabel('Password').fill('not this one')
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await dialog.getByRole('alert').waitFor()
  await dialog.getByLabel('Password').fill(password)
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await ann.composer.inputValue(), words)
  await ann.row('What do you recommend?').first().waitFor()
  await until('the draft is with the server', async () => {
    await ann.page.clock.fastForward(5_000)
    return (await ann.api('GET', `/conversations/${story.id}/draft`)).text === words
  })
  await caughtUp(story)
  await ann.composer.fill('')
}

/** Ends every session of Ann's but the one that does it, as she would from another computer. */
async function endSessions({ url }) {
  const head = { 'Content-Type': 'application/json' }
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: head,
    body: JSON.stringify({ email: 'ann@tea.example', password }),
  })
  const { csrf_token } = await answer.json()
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const signed = { ...head, cookie, 'X-CSRF-Token': csrf_token }
  const { items } = await (await fetch(`${url}/api/v1/sessions`, { headers: signed })).json()
  for (const { id, current } of items)
    if (!current) await fetch(`${url}/api/v1/sessions/${id}`, { method: 'DELETE', headers: signed })
}
