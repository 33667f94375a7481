import { assertAccessible } from '../lib/axe.mjs'
import { assertFits, settled } from '../lib/fits.mjs'
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
  for (const [language, ...seats] of [
    ['en', ['desktop', DESKTOP], ['phone', PHONE]],
    ['ru', ['phone', PHONE]],
  ]) {
    await lena.api('PATCH', `/agents/${people.lena.id}`, { language })
    for (const [name, path] of pages) {
      await page.setViewportSize(seats[0][1])
      await page.goto(`${url}${path}`)
      await settled(page)
      for (const [size, viewport] of seats) {
        const what = `${name} on a ${size} in ${language}`
        await page.setViewportSize(viewport)
        await assertFits(page, what)
        if (language === 'ru') await assertAccessible(page, what)
        await takePicture(page, `routing-${name}-${size}-${language}`, process.env.E2E_LOOKS)
      }
    }
  }
}
