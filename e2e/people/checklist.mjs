import { assertAccessible } from '../lib/axe.mjs'
import { until } from '../lib/until.mjs'

/** Steps are added, ticked, moved and removed; what is removed comes back. */
export async function checklist(story) {
  const { desk, anna } = story
  const { page } = desk
  const steps = async () => {
    const request = await desk.api('GET', `/requests/${anna.request_id}`)
    return request.checklist.map((one) => (one.done ? `+${one.text}` : one.text)).join(' ')
  }
  const are = (want) => until(`the steps are ${want}`, async () => (await steps()) === want)
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel
    .locator('section', { has: page.getByRole('heading', { name: 'Request' }) })
    .getByRole('button', { name: 'Details…' })
    .click()
  const dialog = page.getByRole('dialog')
  for (const text of ['pack', 'ship', 'ring']) {
    await dialog.getByLabel('New step').fill(text)
    await dialog.getByLabel('New step').press('Enter')
    await dialog.getByTestId('step').filter({ hasText: text }).waitFor()
  }
  await dialog.getByLabel('pack', { exact: true }).click()
  await are('+pack ship ring')
  await dialog.getByRole('button', { name: 'Move up: ring' }).click()
  await are('+pack ring ship')
  await assertAccessible(page, 'a request')
  await dialog.getByRole('button', { name: 'Remove: pack' }).click()
  await are('ring ship')
  await page.getByText('Step removed: pack').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await are('+pack ring ship')
  await panel.getByText('1 of 3 done').waitFor()

  await page.goto(`${story.url}/requests?board=true`)
  const card = page.getByTestId('board-card').filter({ hasText: '1 of 3 done' })
  await card.getByRole('button', { name: /^Request no\. / }).click()
  await dialog.getByLabel('Category').fill('Delivery')
  await dialog.getByLabel('Category').press('Enter')
  await page.getByText('Request changed').waitFor()
  await dialog.getByRole('button', { name: 'Show changes' }).click()
  const changes = dialog.getByRole('list', { name: 'Changes' })
  for (const words of ['Category: Delivery', 'Checklist: done “pack”', 'Checklist: added “ring”'])
    await changes.getByText(words).first().waitFor()
}
