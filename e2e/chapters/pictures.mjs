import { assertAccessible } from '../lib/axe.mjs'
import { guest } from '../lib/chat.mjs'
import { DESKTOP, PHONE, takePicture } from '../lib/picture.mjs'
import { question } from './visitor.mjs'

/** People who make a picture of an inbox look like an inbox. */
const guests = [
  [{ name: 'Ivan Sokolov' }, ['Hello! Is the 2016 pu-erh really back?', 'I would take three cakes.']],
  [{ name: 'Lena Fischer' }, ['My parcel says “delivered”, but it is not here.']],
  [{ name: 'Amir Haddad' }, ['Which of your teas have no caffeine at all?']],
  [{ name: 'Ольга Белова' }, ['Добрый день! Можно забрать заказ сегодня до восьми?']],
  [{ name: 'Priya Nair' }, ['Do you ship to Bangalore, and how long does it take?']],
  [{ name: 'Tom Becker' }, ['Thanks, the first-flush sencha is wonderful.']],
]

/** Takes the pictures of the README: the inbox and the shop, wide and narrow, light and dark. */
export async function pictures(story) {
  for (const [details, texts] of guests) await guest(story.url, story.conversation.account_id, details, texts)

  await inbox(story)
  await shop(story)
}

async function inbox({ url, desk, conversation }) {
  const { page } = desk
  await page.setViewportSize(DESKTOP)
  await page.goto(`${url}/inbox/${conversation.id}?view=all`)
  await desk.row('Priya Nair').waitFor()
  await desk.message(question).waitFor({ state: 'attached' })
  // The panel is complete when it can name the channel.
  await page.getByRole('complementary', { name: 'Details' }).getByText('Website', { exact: true }).waitFor()
  await takePicture(page, 'inbox')
  await page.emulateMedia({ colorScheme: 'dark' })
  await assertAccessible(page, 'the inbox in the dark')
  await takePicture(page, 'inbox-dark')
  await page.emulateMedia({ colorScheme: 'light' })

  await page.setViewportSize(PHONE)
  await page.goto(`${url}/inbox?view=all`)
  await desk.row('Priya Nair').waitFor()
  await noSidewaysScroll(page)
  await assertAccessible(page, 'the list on a phone')
  await takePicture(page, 'inbox-phone')
  await desk.row('the kettle').click()
  await desk.composer.waitFor()
  await desk.message('the kettle').waitFor()
  await noSidewaysScroll(page)
  await assertAccessible(page, 'a conversation on a phone')
  await takePicture(page, 'conversation-phone')
  await page.setViewportSize(DESKTOP)
}

async function shop({ shop, chat }) {
  await shop.page.setViewportSize({ width: 1280, height: 800 })
  await takePicture(shop.page, 'demo')
  await shop.page.setViewportSize(PHONE)
  await noSidewaysScroll(chat)
  await takePicture(shop.page, 'demo-phone')
  await shop.page.evaluate(() => window.parley.close())
  await noSidewaysScroll(shop.page)
  await assertAccessible(shop.page, 'the sample shop on a phone')
  await takePicture(shop.page, 'shop-phone')
}

/** A page that can be pushed sideways is broken on a phone. */
async function noSidewaysScroll(frame) {
  const over = await frame.evaluate(() => {
    const root = document.documentElement
    return root.scrollWidth - root.clientWidth
  })
  if (over > 0) throw new Error(`the page is ${over} pixels too wide`)
}
