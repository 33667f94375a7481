import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { Desk } from '../lib/desk.mjs'

/** The account of the first person; a fresh data folder for every run, so it is no secret. */
export const admin = { name: 'Maria Petrova', email: 'maria@tea.example', password: 'kettle on the porch' }

/** The address leads to a page that makes the administrator, and from there to an inbox that says what to do. */
export async function firstRun(story) {
  const person = await story.browser.person('maria')
  const desk = new Desk(person, story.url)
  const { page } = person
  await page.goto(story.url)
  await page.getByRole('heading', { name: 'Welcome to Parley' }).waitFor()
  await assertAccessible(page, 'the first-run page')

  await page.getByLabel('Name').fill(admin.name)
  await page.getByLabel('Email').fill(admin.email)
  await page.getByLabel('Password').fill(admin.password)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByRole('link', { name: 'Open the sample shop' }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/inbox')
  await assertAccessible(page, 'the empty inbox')
  const steps = page.getByRole('region', { name: 'First steps' })
  await steps.getByText('1 of 4 done').waitFor()

  // Typed at once, not a letter is lost, and plain words find what one wants to do.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('imap')
  const palette = page.getByRole('dialog', { name: 'Commands' })
  await palette.getByRole('option', { name: 'Channels' }).waitFor()
  assert.equal(await palette.getByRole('combobox').inputValue(), 'imap')
  await page.keyboard.press('Escape')
  await palette.waitFor({ state: 'hidden' })

  const again = await fetch(`${story.url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...admin, email: 'eve@tea.example', language: 'en' }),
  })
  assert.equal(again.status, 409, 'nobody can set up a second time')
  story.desk = desk
}
