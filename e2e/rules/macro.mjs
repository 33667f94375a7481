import { assertAccessible } from '../lib/axe.mjs'
import { until } from '../lib/until.mjs'

/** A macro is made, done by its key, taken back by another, and found in the palette. */
export async function macro({ desk, url, late }) {
  const { page } = desk
  const id = late.split('/').at(-1)
  const now = () => desk.api('GET', `/conversations/${id}`)
  await page.goto(`${url}/settings/macros`)
  await page.getByRole('button', { name: 'Add a macro' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Urgent and mine')
  for (const name of ['Set the priority', 'Assign']) {
    await dialog.getByRole('button', { name: 'Add an action' }).click()
    await page.getByRole('menuitem', { name, exact: true }).click()
  }
  await dialog.getByLabel('Priority', { exact: true }).selectOption({ label: 'Urgent' })
  await dialog.getByLabel('To whom').selectOption({ label: 'Maria Petrova' })
  await assertAccessible(page, 'a macro')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Urgent and mine').waitFor()

  await page.goto(`${url}${late}`)
  await desk.message('Is anybody there?').waitFor()
  await page.keyboard.press('m')
  const choice = page.getByRole('option', { name: 'Urgent and mine' })
  await page.getByRole('combobox', { name: 'Use a macro' }).fill('urg')
  await choice.waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Done: Urgent and mine').waitFor()
  await until('the macro is done', async () => (await now()).priority === 'urgent')
  await page.keyboard.press('z')
  await until('the macro is taken back', async () => {
    const { priority, assignee_id } = await now()
    return priority === 'normal' && assignee_id === null
  })

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'What do you want to do?' }).fill('urgent and')
  await choice.waitFor()
  await page.keyboard.press('Enter')
  await until('the macro is done again', async () => (await now()).priority === 'urgent')
}
