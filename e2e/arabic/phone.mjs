import assert from 'node:assert/strict'
import { assertFits } from '../lib/fits.mjs'
import { PHONE } from '../lib/picture.mjs'
import { wordsOf } from '../lib/words.mjs'

/** The list, a conversation in another direction than the page, and an answer. */
export async function phone(story) {
  const { desk } = story
  const say = await wordsOf('ar')
  await desk.page.setViewportSize(PHONE)
  await desk.page.goto(`${story.url}/inbox?view=all`)
  await desk.row('Ivan').waitFor()
  await assertFits(desk.page, 'the list')

  // What was written from left to right begins at its beginning, though the row begins at the right.
  const cut = await desk
    .row('Ivan')
    .locator('[dir=auto]', { hasText: 'pu-erh' })
    .evaluate((element) => getComputedStyle(element).direction)
  assert.equal(cut, 'ltr')

  await desk.openRow('Ivan')
  await assertFits(desk.page, 'the conversation')
  const back = await desk.page.getByRole('link', { name: say('common.back') }).boundingBox()
  assert.ok(back.x > PHONE.width / 2, 'back stands at the right')

  await desk.send('أهلًا! نعم، وصل أمس.')
  await desk.sendNow(say('delivery.sendNow'))
  const ours = desk.message('وصل أمس')
  await ours.waitFor()
  await assertFits(desk.page, 'the answer')
  const bubble = ours.getByText('وصل أمس').first()
  assert.equal(await bubble.evaluate((element) => getComputedStyle(element).direction), 'rtl')
  await desk.page.getByRole('link', { name: say('common.back') }).click()
  await desk.row('سامي').first().click()
  assert.equal(
    await desk.message('900').locator('bdi').textContent(),
    '+7 900 123-45-67',
    'a telephone number keeps its order',
  )
  await desk.page.setViewportSize({ width: 1440, height: 900 })
}
