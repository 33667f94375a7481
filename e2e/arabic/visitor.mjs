import assert from 'node:assert/strict'
import { Shop, write } from '../lib/chat.mjs'

/** The shop and its chat speak Arabic to whom the browser says so; what is written reaches the desk. */
export async function visitor(story) {
  const person = await story.browser.person('visitor', { locale: 'ar-EG' })
  const shop = new Shop(person, story.url)
  await shop.enter('')
  await person.page.locator('html[lang=ar][dir=rtl]').waitFor()
  const frame = await shop.open()
  await frame.locator('html[lang=ar][dir=rtl]').waitFor()
  await frame.getByRole('button', { name: 'إرسال' }).waitFor()
  await write(frame, 'السلام عليكم')
  await story.desk.page.goto(`${story.url}/inbox?view=all`)
  await story.desk.row('السلام عليكم').waitFor()
  const over = await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(over <= 0, `the chat is ${over} pixels too wide`)
}
