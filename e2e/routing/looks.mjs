import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { DESKTOP, PHONE, takePicture } from '../lib/picture.mjs'

/** Every page fits a phone and can be read aloud there, in both languages. */
export async function looks({ lena, url, people, duty, morning }) {
  const { page } = lena
  const pages = [
    ['notifications', '/settings/notifications'],
    ['hours', '/settings/hours'],
    ['team', `/settings/teams/${duty.id}`],
    ['deadlines', '/settings/sla'],
    ['duty', '/duty'],
    ['conversation', `/inbox/${morning.id}?view=all`],
  ]
  const seats = [
    ['en', 'desktop', DESKTOP],
    ['en', 'phone', PHONE],
    ['ru', 'phone', PHONE],
  ]
  for (const [language, size, viewport] of seats) {
    await lena.api('PATCH', `/agents/${people.lena.id}`, { language })
    await page.setViewportSize(viewport)
    for (const [name, path] of pages) {
      const what = `${name} on a ${size} in ${language}`
      await page.goto(`${url}${path}`)
      await page.locator('main, [role=log]').first().waitFor()
      await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'))
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(over <= 0, `${what} is ${over} pixels too wide`)
      if (language === 'ru') await assertAccessible(page, what)
      await takePicture(page, `routing-${name}-${size}-${language}`, process.env.E2E_LOOKS)
    }
  }
}
