import { assertAccessible } from '../lib/axe.mjs'
import { until } from '../lib/until.mjs'

const undo = (page) => page.getByRole('button', { name: 'Undo' }).last().click()

/** The page of duplicates: dismissed and back, merged and back, merged. */
export async function alike(story) {
  const { desk, anna, annie } = story
  const { page } = desk
  // Who looks for duplicates comes after the messages.
  await until(
    'the pair is found',
    async () => (await desk.api('GET', '/contacts/duplicates')).items.length === 1,
  )
  await page.goto(`${story.url}/contacts`)
  await page.getByRole('link', { name: 'Duplicates' }).click()
  const pair = page.getByTestId('pair')
  await pair.getByText('The same address: +79001112233').waitFor()
  await assertAccessible(page, 'the duplicates')

  await pair.getByRole('button', { name: 'Not a duplicate' }).click()
  await page.getByText('No duplicates').waitFor()
  await undo(page)
  await pair.waitFor()

  const merge = async () => {
    await pair.getByRole('button', { name: 'Merge' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Anna Lee').check()
    const becomes = dialog.getByRole('region', { name: 'This is what the contact becomes' })
    await becomes.getByText('Anna Lee').waitFor()
    return dialog
  }
  const dialog = await merge()
  await assertAccessible(page, 'the preview of a merge')
  await dialog.getByRole('button', { name: 'Merge' }).click()
  await page.getByText('No duplicates').waitFor()
  const isNow = (who) =>
    until('it is one contact or two', async () => {
      const { id } = await desk.api('GET', `/contacts/${annie.contact_id}`)
      return id === who.contact_id
    })
  await isNow(anna)
  await undo(page)
  await pair.waitFor()
  await isNow(annie)
  await (await merge()).getByRole('button', { name: 'Merge' }).click()
  await page.getByText('No duplicates').waitFor()
}

/** A number that somebody has already is hinted at while it is typed. */
export async function hinted(story) {
  const { page } = story.desk
  await page.getByRole('button', { name: 'New contact' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Phone').fill('8 900 111 22 33')
  await dialog.getByTestId('duplicate-hint').getByText('Somebody has this already: Anna Lee').waitFor()
  await assertAccessible(page, 'a new contact')
  await dialog.getByTestId('duplicate-hint').getByRole('button', { name: 'Open' }).click()
  await page.waitForURL(`**/contacts/${story.anna.contact_id}`)
}

/** What was changed about somebody, by names. */
export async function told(story) {
  const { page } = story.desk
  const name = page.getByLabel('Name', { exact: true })
  await name.fill('Anna Lee-Smith')
  await name.press('Enter')
  await page.getByLabel('Owner').selectOption({ label: 'Maria Petrova' })
  await until('it is kept', async () => {
    const contact = await story.desk.api('GET', `/contacts/${story.anna.contact_id}`)
    return contact.owner_id && contact.name === 'Anna Lee-Smith'
  })
  await page.getByRole('button', { name: 'Show changes' }).click()
  const changes = page.getByRole('list', { name: 'Changes' })
  for (const words of [
    'Name: Anna Lee → Anna Lee-Smith',
    'Owner: Maria Petrova',
    'Became one with “Annie”',
    'Separate again from “Annie”',
  ])
    await changes.getByText(words).first().waitFor()
  await changes.getByText('Maria Petrova ·').first().waitFor()
  await name.fill('Anna Lee')
  await name.press('Enter')
  await changes.getByText('Name: Anna Lee-Smith → Anna Lee').waitFor()
}
