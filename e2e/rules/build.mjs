import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'

export const greeting = 'We are asleep now'
export const trigger = 'Night watch'

/** Adds an action to the open editor and gives its box. */
async function add(page, name) {
  await page.getByRole('button', { name: 'Add an action' }).click()
  await page.getByRole('menuitem', { name }).click()
  return page.getByRole('listitem', { name: /^Action \d+$/ }).last()
}

/** Adds a condition to the open editor and gives its box. */
async function condition(page, field, way) {
  await page.getByRole('button', { name: 'Add a condition' }).click()
  const row = page.getByRole('group', { name: /^Condition \d+$/ }).last()
  await row.getByLabel('What').selectOption({ label: field })
  if (way) await row.getByLabel('Comparison').selectOption({ label: way })
  return row
}

/** An unfinished trigger is refused; every complaint stands where it belongs and names its row. */
export async function refused({ desk, url }) {
  const { page } = desk
  await page.goto(`${url}/settings/triggers`)
  await page.getByRole('heading', { name: 'No triggers yet' }).waitFor()
  await assertAccessible(page, 'the triggers, none yet')
  await page.getByRole('link', { name: 'Add a trigger' }).click()
  await condition(page, 'Text of the message')
  const answer = await add(page, 'Answer the contact')
  await answer.getByLabel('Text', { exact: true }).fill('Hello {{ contact.shoe_size }}')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('This cannot work yet:').waitFor()
  await page
    .getByRole('group', { name: 'Condition 1' })
    .getByText(/Condition 1: /)
    .waitFor()
  await answer
    .getByText(/shoe_size/)
    .first()
    .waitFor()
  await page.getByText('Give a name.').first().waitFor()
  await assertAccessible(page, 'a trigger that was refused')
  await page.getByRole('button', { name: 'Remove condition 1' }).click()
  await answer.getByLabel('Text', { exact: true }).fill('')
}

/** "New message outside hours from an unknown person: greet, create a lead, label; and if nobody answers tell the head". */
export async function build({ desk }) {
  const { page } = desk
  await page.getByLabel('Name').fill(trigger)
  const hours = await condition(page, 'Now', 'is outside business hours')
  await hours.getByLabel('Value').selectOption({ label: 'Shop' })
  const known = await condition(page, 'The contact was known before')
  await known.getByLabel('Value').selectOption({ label: 'no' })

  const answer = page.getByRole('listitem', { name: 'Action 1' })
  await answer.getByLabel('Text', { exact: true }).fill(`${greeting}, `)
  await answer.getByRole('button', { name: 'Insert a variable' }).click()
  await page.getByRole('menuitem', { name: 'First name of the contact' }).click()
  const label = await add(page, 'Add a label')
  await label.getByLabel('Label', { exact: true }).selectOption({ label: 'Night' })
  await add(page, 'Create a lead')
  // The lead comes first, then the label: moved by the keys alone.
  const grip = page.getByRole('button', { name: /^Move “Create a lead”/ })
  await grip.focus()
  await grip.press('ArrowUp')
  await page.getByRole('listitem', { name: 'Action 2' }).getByText('Create a lead').waitFor()
  const wait = await add(page, 'Wait')
  // The least that there is: the story has no time for fifteen.
  await wait.getByLabel('Minutes', { exact: true }).fill('1')
  const tell = await add(page, 'Tell a colleague by mail')
  await tell.getByLabel('Whom to tell').selectOption({ label: 'Maria Petrova' })
  await tell.getByLabel('Text', { exact: true }).fill('Nobody has answered at night')
  await assertAccessible(page, 'a whole trigger')

  // Whoever leaves without saving finds everything as it was.
  await page.reload()
  await page.getByText('Unsaved changes were kept.').waitFor()
  assert.equal(await page.getByLabel('Name').inputValue(), trigger)
  assert.equal(await page.getByRole('listitem', { name: /^Action \d+$/ }).count(), 5)
}
