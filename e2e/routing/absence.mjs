import { assertAccessible } from '../lib/axe.mjs'
import { says, told } from './written.mjs'

const local = (ms) => new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

/** Whoever has the question goes on leave on Friday; the other one stands in. */
export async function absence(story) {
  const { clock, lena, people, url, morning } = story
  const away = Object.values(people).find((one) => one.id === morning.holder)
  const deputy = away.id === people.ann.id ? people.bob : people.ann
  const { page } = lena
  await page.goto(`${url}/duty`)
  await page
    .getByRole('tab', { name: 'Absences' })
    .or(page.getByRole('link', { name: 'Absences' }))
    .first()
    .click()
  await page.getByRole('button', { name: 'Plan an absence' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Who is away').selectOption({ label: away.name })
  await dialog.getByLabel('From').fill(local(clock.at('Thursday', '12:00')))
  await dialog.getByLabel('Until').fill(local(clock.at('Friday', '12:00')))
  await dialog.getByLabel('Deputy').selectOption({ label: deputy.name })
  await assertAccessible(page, 'an absence')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })

  await clock.set('Thursday', '12:00')
  await told(lena, morning.id, 'routing', (of) => of.reason === 'absence' && of.agent_id === deputy.id)
  await page.goto(`${url}/inbox/${morning.id}?view=all`)
  await says(lena, new RegExp(`Given to ${deputy.name}: deputy of somebody absent`))
  story.away = away
}

/** On Friday at noon it goes back. */
export async function back({ clock, lena, morning, away }) {
  await clock.set('Friday', '12:00')
  await told(lena, morning.id, 'routing', (of) => of.reason === 'return' && of.agent_id === away.id)
  await says(lena, new RegExp(`Given to ${away.name}: back from absence`))
}
