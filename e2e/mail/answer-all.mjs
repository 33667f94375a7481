import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { header, readable } from '../lib/post.mjs'
import { signature } from './sign.mjs'

export const words = 'Your order leaves tomorrow.'

/** One key answers everybody; the mail that goes out is whole and says what it answers. */
export async function answerAll(story) {
  const { desk, post, box } = story
  const { page } = desk
  await desk.mail('Anna Petrova').frameLocator('iframe').getByRole('heading').first().waitFor()
  await page.locator('body').press('Shift+KeyR')
  await page
    .getByTestId('mail-recipients')
    .filter({ hasText: 'Anna Petrova' })
    .filter({ hasText: 'Ivan' })
    .waitFor()
  await page.keyboard.type('Good morning,')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+b')
  const kept = page.waitForResponse(
    (answer) =>
      answer.url().endsWith('/draft') &&
      answer.request().method() === 'PUT' &&
      answer.request().postData().includes(words) &&
      answer.ok(),
  )
  await page.keyboard.type(words)
  await kept
  await assertAccessible(page, 'a mail being written')
  await page.reload()
  await page.getByTestId('mail-text').getByText(words).waitFor()
  await page.getByTestId('mail-recipients').filter({ hasText: 'Ivan' }).waitFor()
  await page.getByTestId('mail-text').press('Control+Enter')
  await desk.sendNow()
  await desk.ours.getByTestId('delivery').filter({ hasText: 'Sent' }).waitFor()

  const mail = await post.sent(words)
  const data = readable(mail.data)
  assert.match(mail.from, new RegExp(box.address.split('@')[0]))
  assert.equal(mail.to.length, 2, `to ${mail.to}`)
  assert.match(header(mail.data, 'To'), /anna@example\.org/)
  assert.match(header(mail.data, 'Cc'), /ivan@example\.org/)
  assert.equal(header(mail.data, 'Subject'), 'Re: Order 1042')
  assert.equal(header(mail.data, 'In-Reply-To'), '<order-1042@example.org>')
  assert.match(data, /Content-Type: multipart\/alternative/i)
  assert.match(data, /<strong>Your order leaves tomorrow\.<\/strong>/)
  assert.equal(data.split(signature).length, 3, 'the signature stands in the text and in the HTML')
  story.answer = header(mail.data, 'Message-ID')
  assert.match(story.answer, /^<[^<>\s]+@[^<>\s]+>$/)
}
