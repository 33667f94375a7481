import assert from 'node:assert/strict'
import { bubble } from '../lib/chat.mjs'
import { until } from '../lib/until.mjs'

const prices = 'Milky oolong;890\nAssam;640\n'

/** A photograph, as far as a test has any: a drawing of the shop, taken by the browser. */
async function photograph({ url, shop }) {
  const page = await shop.context.newPage()
  await page.setViewportSize({ width: 520, height: 420 })
  await page.goto(`${url}/demo-assets/hero.svg`)
  const buffer = await page.screenshot({ type: 'png' })
  await page.close()
  return { name: 'my kettle.png', mimeType: 'image/png', buffer }
}

/** Whether the browser really decoded a picture. */
const decoded = (image) => image.evaluate((node) => node.complete && node.naturalWidth > 0)

/** A picture comes in with a text, a table goes out; what arrives is what was sent. */
export async function files(story) {
  const { desk, chat } = story
  await chat.locator('input[type=file]').setInputFiles([await photograph(story)])
  await chat.getByText('my kettle.png').waitFor()
  await chat.getByRole('textbox').fill('This is my kettle')
  await chat.getByRole('button', { name: 'Send' }).click()
  const picture = desk.message('This is my kettle').getByRole('img', { name: 'my kettle.png' })
  await picture.waitFor()
  await until('the agent sees the picture', () => decoded(picture))
  const own = bubble(chat, 'This is my kettle').getByRole('img', { name: 'my kettle.png' })
  await until('the visitor sees their picture', () => decoded(own))

  await desk.page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'prices.csv', mimeType: 'text/csv', buffer: Buffer.from(prices) }])
  await desk.page.getByText('prices.csv').waitFor()
  await desk.composer.fill('Here is our price list')
  // The button waits for the upload; the keys would be too early.
  await desk.page.getByTestId('composer-send').click()
  await desk.sendNow()
  const link = bubble(chat, 'Here is our price list').getByRole('link', { name: /prices\.csv/ })
  await link.waitFor()
  const got = await chat.evaluate(
    async (address) => {
      const answer = await fetch(address)
      return { type: answer.headers.get('Content-Disposition'), text: await answer.text() }
    },
    await link.getAttribute('href'),
  )
  assert.equal(got.text, prices)
  assert.match(got.type ?? '', /^attachment/, 'a table is for taking, not for showing')
}
