import { assertAccessible } from '../lib/axe.mjs'
import { assertFits, settled } from '../lib/fits.mjs'
import { DESKTOP, PHONE, takePicture } from '../lib/picture.mjs'
import { trigger } from './build.mjs'

/** Presses what opens the rest of a page, by its name in either language. */
const press = (name) => (page) => page.getByRole('button', { name }).first().click()
const edit = press(/^(Edit|Изменить)$/)

/**
 * Every page fits a phone and can be read aloud there, in both languages; whoever wants pictures gets them. A page is opened
 * once and then made narrow, which people do as well.
 */
export async function looks({ desk, url, late }) {
  const { page } = desk
  const { items } = await desk.api('GET', '/triggers')
  const editor = `/settings/triggers/${items.find((item) => item.name === trigger).id}`
  const pages = [
    ['triggers', '/settings/triggers'],
    ['trigger', editor],
    ['trigger-runs', `${editor}?tab=runs`, (at) => at.locator('summary').first().click()],
    ['macros', '/settings/macros'],
    ['macro', '/settings/macros', edit],
    ['hours', '/settings/hours', edit],
    ['intake', '/settings/intake'],
    ['timeline', late, openEntry, openPanel],
  ]
  const me = (await desk.api('GET', '/session')).agent.id
  for (const language of ['en', 'ru']) {
    await desk.api('PATCH', `/agents/${me}`, { language })
    for (const [name, path, open, again] of pages) {
      const look = async (size, viewport) => {
        await assertFits(page, `${name} on a ${size} in ${language}`)
        if (name === 'trigger') await page.setViewportSize({ ...viewport, height: 1900 })
        await takePicture(page, `rules-${name}-${size}-${language}`, process.env.E2E_LOOKS)
        await page.setViewportSize(viewport)
      }
      await page.setViewportSize(DESKTOP)
      await page.goto(`${url}${path}`)
      await settled(page)
      await open?.(page)
      await look('desktop', DESKTOP)
      await page.setViewportSize(PHONE)
      await again?.(page)
      await look('phone', PHONE)
      await assertAccessible(page, `${name} on a phone in ${language}`)
    }
  }
  await desk.api('PATCH', `/agents/${me}`, { language: 'en' })
  await page.setViewportSize(DESKTOP)
  await page.goto(`${url}/settings/triggers`)
}

/** Opens what the timeline beside the conversation says of the trigger. */
async function openEntry(page) {
  await page.getByTestId('composer-input').waitFor()
  await page.getByTestId('timeline-trigger').last().getByRole('button').click()
}

/** Where there is no room for it, the side panel is asked for. */
async function openPanel(page) {
  await press(/^(Details of the contact|О собеседнике)$/)(page)
  await openEntry(page)
}
