import assert from 'node:assert/strict'
import { until } from '../lib/until.mjs'

/** Both change one field: who is slower keeps every word, is told whose stands, and chooses. */
export async function oneField(story) {
  const { ann, bob, desk, id } = story
  const { contact_id, request_id } = await desk.api('GET', `/conversations/${id}`)
  await name(story, `/contacts/${contact_id}`)
  await subject(story, `/requests/${request_id}`)
  for (const { page } of [ann, bob]) await page.goto(`${story.url}/inbox/${id}?view=all`)
}

/** Another field never disturbs; the same one is asked about, and theirs stays when one says so. */
async function name({ url, ann, bob, desk }, at) {
  await ann.page.goto(url + at)
  const field = ann.page.getByLabel('Name', { exact: true })
  const answer = ann.page.getByTestId('meanwhile')
  await field.fill('Vera Ann')
  await bob.api('PATCH', at, { name: 'Vera Bob', language: 'ru' })
  // Her page has heard of it by then, and has left alone what she types.
  await ann.page.getByTitle('Vera Bob').or(ann.page.getByText('Vera Bob')).first().waitFor()
  assert.equal(await field.inputValue(), 'Vera Ann')
  await field.press('Enter')
  await answer.getByText('Bob Second changed “Name” to “Vera Bob” meanwhile.').waitFor()
  assert.equal(await field.inputValue(), 'Vera Ann')
  assert.equal((await desk.api('GET', at)).name, 'Vera Bob')
  await answer.getByRole('button', { name: 'Keep theirs' }).click()
  await answer.waitFor({ state: 'detached' })
  await until('theirs stands', async () => (await field.inputValue()) === 'Vera Bob')
}

/** Mine goes over theirs, and both are in the history; a window that closes over it asks at the bottom. */
async function subject({ url, id, ann, bob, desk }, at) {
  const stored = async () => (await desk.api('GET', at)).subject
  await ann.page.goto(`${url}/inbox/${id}?view=all`)
  const panel = ann.page.getByRole('complementary', { name: 'Details' })
  const section = panel.locator('section', { has: ann.page.getByRole('heading', { name: 'Request' }) })
  await section.getByRole('button', { name: 'Details…' }).click()
  const dialog = ann.page.getByRole('dialog')
  const field = dialog.getByLabel('Subject')
  await field.fill('Flush, says Ann')
  await bob.api('PATCH', at, { subject: 'Flush, says Bob', category: 'Tea' })
  await field.press('Enter')
  await dialog.getByTestId('meanwhile').getByRole('button', { name: 'Save mine' }).click()
  await until('hers is stored', async () => (await stored()) === 'Flush, says Ann')
  assert.equal((await desk.api('GET', at)).category, 'Tea')

  await field.fill('Ann again')
  await bob.api('PATCH', at, { subject: 'Bob again' })
  await ann.page.keyboard.press('Escape')
  const line = ann.page.getByText('Bob Second changed “Subject” to “Bob again” meanwhile.')
  await line.waitFor()
  await ann.page.getByRole('button', { name: 'Save mine' }).click()
  await until('hers is stored again', async () => (await stored()) === 'Ann again')
}
