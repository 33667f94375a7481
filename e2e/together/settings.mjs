import assert from 'node:assert/strict'
import { until } from '../lib/until.mjs'

/** Two save one thing of the settings: who is slower is told, looks at theirs, and goes over it or leaves it. */
export async function oneSetting(story) {
  await over(story)
  await left(story)
  await story.desk.page.goto(`${story.url}/inbox/${story.id}?view=all`)
}

/** A macro: mine is looked for again after theirs was looked at, and saved over it. */
async function over({ url, desk }) {
  const { id } = await desk.api('POST', '/macros', {
    name: 'Hand back',
    actions: [{ type: 'set_priority', priority: 'low' }],
  })
  const { page } = desk
  await page.goto(`${url}/settings/macros`)
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Hand back' })
    .getByRole('button', { name: 'Edit' })
    .click()
  const dialog = page.getByRole('dialog')
  const name = dialog.getByLabel('Name', { exact: true })
  const newer = dialog.getByTestId('newer')
  await name.fill('Mine')
  await desk.api('PATCH', `/macros/${id}`, { name: 'Theirs' })
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await newer.getByText('What you wrote is still here.').waitFor()
  assert.equal(await name.inputValue(), 'Mine')
  await newer.getByRole('button', { name: 'Show theirs' }).click()
  await until('theirs is shown', async () => (await name.inputValue()) === 'Theirs')
  await newer.getByRole('button', { name: 'Back to mine' }).click()
  await until('mine is shown', async () => (await name.inputValue()) === 'Mine')
  assert.equal((await desk.api('GET', `/macros/${id}`)).name, 'Theirs')
  await newer.getByRole('button', { name: 'Save mine over it' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.equal((await desk.api('GET', `/macros/${id}`)).name, 'Mine')
  await desk.api('DELETE', `/macros/${id}`)
}

/** A team: what was written outlives the page together with what it went by, and theirs is taken. */
async function left({ url, desk }) {
  const { id } = await desk.api('POST', '/teams', { name: 'Packers' })
  const { page } = desk
  const at = `${url}/settings/teams/${id}`
  await page.goto(at)
  const name = page.getByLabel('Name', { exact: true })
  await name.fill('Packers, mine')
  await page.goto(`${url}/settings/teams`)
  await desk.api('PATCH', `/teams/${id}`, { name: 'Packers, theirs', timeout_seconds: 60 })
  await page.goto(at)
  await page.getByText('Unsaved changes were kept.').waitFor()
  assert.equal(await name.inputValue(), 'Packers, mine')
  await page.getByTestId('newer').getByRole('button', { name: 'Show theirs' }).click()
  await until('theirs is shown', async () => (await name.inputValue()) === 'Packers, theirs')
  await name.fill('Packers of both')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved', { exact: true }).first().waitFor()
  const { name: saved, timeout_seconds } = await desk.api('GET', `/teams/${id}`)
  assert.deepEqual([saved, timeout_seconds], ['Packers of both', 60])
  await desk.api('DELETE', `/teams/${id}`)
}
