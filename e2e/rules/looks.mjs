import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { DESKTOP, PHONE, takePicture } from '../lib/picture.mjs'
import { trigger } from './build.mjs'

/** Presses what opens the rest of a page, by its name in either language. */
const press = (name) => (page) => page.getByRole('button', { name }).first().click()
const edit = press(/^(Edit|Изменить)$/)

/** Every page fits a phone and can be read aloud there, in both languages; whoever wants pictures gets them. */
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
    ['timeline', late, (at) => openTimeline(at)],
  ]
  const me = (await desk.api('GET', '/session')).agent.id
  for (const language of ['en', 'ru']) {
    await desk.api('PATCH', `/agents/${me}`, { language })
    for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE }))
      for (const [name, path, open] of pages) {
        const what = `${name} on a ${size} in ${language}`
        await page.setViewportSize(viewport)
        await page.goto(`${url}${path}`)
        await page.locator('main, [role=log]').first().waitFor()
        await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'))
        await open?.(page)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        assert.ok(over <= 0, `${what} is ${over} pixels too wide`)
        if (size === 'phone') await assertAccessible(page, what)
        if (name === 'trigger') await page.setViewportSize({ ...viewport, height: 1900 })
        await takePicture(page, `rules-${name}-${size}-${language}`, process.env.E2E_LOOKS)
      }
  }
  await desk.api('PATCH', `/agents/${me}`, { language: 'en' })
  await page.setViewportSize(DESKTOP)
  await page.goto(`${url}/settings/triggers`)
}

/** The side panel stands beside the conversation where there is room, and is asked for where there is not. */
async function openTimeline(page) {
  const entry = page.getByTestId('timeline-trigger').last()
  await page.getByTestId('composer-input').waitFor()
  if (page.viewportSize().width < DESKTOP.width) await press(/^(Details of the contact|О собеседнике)$/)(page)
  await entry.getByRole('button').click()
}
