import { assertAccessible } from '../lib/axe.mjs'
import { takeBoth } from '../lib/picture.mjs'
import { until } from '../lib/until.mjs'

/** What was said is found in another form of its words, by keys alone, and shown where it stands; so are files, people and numbers. */
export async function search({ desk, url, conversation }) {
  const { page } = desk
  const { contact_name: name } = await desk.api('GET', `/conversations/${conversation.id}`)
  await until('the index has caught up', async () => {
    const { items } = await desk.api('GET', '/search?q=tracking&type=files')
    return items.length > 0
  })
  await page.goto(`${url}/inbox?view=all`)
  await desk.row(name).first().waitFor()
  await page.keyboard.press('/')
  const field = page.getByRole('searchbox', { name: 'Words, a name, a phone or a number' })
  await field.waitFor()
  await assertAccessible(page, 'the empty search')
  await page.keyboard.type('drinking TEAS')
  const hit = page.locator('[data-hit=message]').filter({ hasText: 'drinks only green tea' })
  // What is found while one still types has fewer words marked.
  await until('both words are marked', async () => {
    const marked = await hit.locator('mark').allInnerTexts()
    return marked.join() === 'drinks,tea'
  })
  await page.getByRole('button', { name: 'Filters' }).click()
  await takeBoth(page, 'search')
  await assertAccessible(page, 'what was found')
  await field.press('ArrowDown')
  await page.keyboard.press('Enter')
  const found = page.locator('[data-testid=message][data-found]')
  await found.filter({ hasText: 'drinks only green tea' }).waitFor()
  await takeBoth(page, 'search-opened')

  await page.keyboard.press('Control+k')
  const palette = page.getByRole('combobox', { name: 'What do you want to do?' })
  await palette.fill(String(conversation.number))
  await page.getByRole('option', { name: `Conversation No. ${conversation.number}` }).waitFor()
  await palette.fill(name)
  await page.getByRole('option', { name, exact: true }).waitFor()
  await takeBoth(page, 'palette')
  await assertAccessible(page, 'the palette')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/contacts\/\d+/)
  await page.goto(`${url}/inbox/${conversation.id}`)
  await desk.composer.waitFor()
}
