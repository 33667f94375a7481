import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { until } from '../lib/until.mjs'

const other = 'And do you buy old cups?'

/** Lino asks something else. Ann splits there, thinks better of it, and then does it after all. */
export async function split({ ann, bob, guests, desk, url }) {
  const { lino } = guests
  const { page } = ann
  await lino.write(other)
  await lino.write('I have forty')
  await page.goto(`${url}/inbox/${lino.id}?view=all`)
  await bob.page.goto(`${url}/inbox/${lino.id}?view=all`)
  await bob.message('I have forty').waitFor()

  await cut(ann)
  await page.getByText(/^Split: the new conversation is no\. \d+$/).waitFor()
  // It was said before she is led to it: what was asked first is on her page until then.
  await ann.message('parcel of my wife').waitFor({ state: 'detached' })
  await ann.message('I have forty').waitFor()
  await bob.message('I have forty').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await page.getByText('The conversation is whole again').waitFor()
  await page.waitForURL(`**/inbox/${lino.id}*`)
  await bob.message('I have forty').waitFor()
  const whole = await desk.api('GET', `/conversations/${lino.id}`)
  assert.deepEqual([whole.status, whole.seq, whole.unanswered], ['open', 3, true])
  // The part stands on her page until the whole does.
  await ann.message('parcel of my wife').waitFor()

  await cut(ann)
  await until('she is in the new one', async () => !page.url().includes(`/inbox/${lino.id}`))
  await ann.message(other).waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const part = await desk.api('GET', `/conversations/${id}`)
  assert.deepEqual([part.status, part.seq, part.subject, part.unanswered], ['open', 2, 'Old cups', true])
  assert.notEqual(part.request_id, whole.request_id)
  await lino.write('Blue ones')
  await ann.message('Blue ones').waitFor()
  assert.equal((await desk.api('GET', `/conversations/${lino.id}`)).status, 'closed')
}

async function cut(ann) {
  const { page } = ann
  await ann.message(other).hover()
  await ann.message(other).getByTestId('message-tools').click()
  await page.getByRole('menuitem', { name: 'Split from here…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Subject of the new conversation').fill('Old cups')
  await assertAccessible(page, 'splitting')
  await dialog.getByRole('button', { name: 'Split' }).click()
  await dialog.waitFor({ state: 'detached' })
}
