import { assertAccessible } from '../lib/axe.mjs'
import { DESKTOP, PHONE, takePicture } from '../lib/picture.mjs'

/** Takes pictures of a conversation by mail: wide and narrow, light and dark. */
export async function pictures({ desk, url, conversation, returned }) {
  const { page } = desk
  const take = (name) => takePicture(page, name)
  await page.setViewportSize(DESKTOP)
  await page.goto(`${url}/inbox/${conversation}?view=all`)
  await desk.message('Wonderful, see you then.').waitFor()
  await desk.ours.waitFor()
  await atEnd(page)
  await take('mail')
  await page.goto(`${url}${returned}?view=all`)
  await desk.ours.waitFor()
  await atEnd(page)
  await take('mail-returned')
  await page.goto(`${url}/inbox/${conversation}?view=all`)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.reload()
  await desk.ours.waitFor()
  await atEnd(page)
  await assertAccessible(page, 'mails in the dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(PHONE)
  await page.reload()
  await desk.message('Wonderful, see you then.').waitFor()
  await atEnd(page)
  await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth)
  await take('mail-phone')
  await page.setViewportSize(DESKTOP)
}

/** The mails have their heights, and the reader stands at the last of them. */
async function atEnd(page) {
  await page.waitForFunction(() => {
    const log = document.querySelector('[role=log]')
    const frames = [...document.querySelectorAll('[data-testid=mail-frame] iframe')]
    const shown = frames.every(
      (frame) => frame.contentDocument?.body && getComputedStyle(frame).opacity === '1',
    )
    return frames.length > 0 && shown && log.scrollHeight - log.scrollTop - log.clientHeight < 2
  })
}
