import assert from 'node:assert/strict'
import { password } from '../lib/people.mjs'
import { until } from '../lib/until.mjs'

const words = 'It comes back on Tuesday, and'

/** What a tab was reading when its person signed out in another is refused: nobody complains of that, here alone. */
const refused = /^ann: console: .*status of 401 /

/** Ann leaves the computer to Bob: her other tab shows nothing more of hers at once, and has her words again when she is back. */
export async function computerShared({ ann, guests, url, browser: { complaints } }) {
  const earlier = complaints.length
  const { page, composer } = ann
  await page.goto(`${url}/inbox/${guests.petra.id}?view=all`)
  await composer.waitFor()
  await composer.fill(words)
  const other = await ann.context.newPage()
  await other.goto(`${url}/inbox`)
  await signOut(other, 'Ann First')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  assert.equal(await page.getByText('Petra').count(), 0)

  await signIn(other, 'bob')
  await menuOf(page, 'Bob Second').waitFor()
  await composer.waitFor()
  assert.equal(await composer.inputValue(), '')

  await signOut(other, 'Bob Second')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await signIn(other, 'ann')
  await menuOf(page, 'Ann First').waitFor()
  await until('her words are there again', async () => (await composer.inputValue()) === words)
  await composer.fill('')
  await other.close()
  complaints.push(...complaints.splice(earlier).filter((one) => !refused.test(one)))
}

/** The menu of who works here; a conversation of theirs names them too. */
const menuOf = (page, name) => page.getByRole('button', { name: new RegExp(`^${name}\\s*,`) })

async function signOut(page, name) {
  await menuOf(page, name).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
}

async function signIn(page, who) {
  await page.getByLabel('Email').fill(`${who}@tea.example`)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/inbox**')
}
