import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { header } from '../lib/post.mjs'

/** What a mail server says when it could not deliver (RFC 3464). */
function report(to, recipient, original) {
  return [
    'From: Mail Delivery System <MAILER-DAEMON@mx.example.org>',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${crypto.randomUUID()}@mx.example.org>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `Your mail could not be delivered to ${recipient}: user unknown.`,
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.org',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    original.split(/\r?\n\r?\n/, 1)[0],
    '--b--',
    '',
  ].join('\r\n')
}

/** An agent writes first, to an address with a mistake in it; the mail says so itself, and what to do. */
export async function bounce(story) {
  const { desk, post, box, url } = story
  const { page } = desk
  // The list on the page may be a moment behind.
  const conversations = async () => (await desk.api('GET', '/conversations?limit=100')).items.length
  await page.goto(`${url}/inbox?view=all`)
  await desk.row('Anna Petrova').first().waitFor()
  await page.keyboard.press('KeyC')
  const dialog = page.getByRole('dialog', { name: 'New message' })
  await dialog.getByRole('combobox', { name: /^To/ }).fill('nobdy@example.org')
  await page.keyboard.press('Enter')
  await dialog.getByLabel('Subject').fill('Your parcel')
  await dialog.getByTestId('write-text').focus()
  await page.keyboard.type('The parcel is back with us.')
  await assertAccessible(page, 'a new mail')
  await page.keyboard.press('Control+Enter')
  await desk.sendNow()
  const mail = desk.ours
  await mail.getByTestId('delivery').filter({ hasText: 'Sent' }).waitFor()

  const sent = await post.sent('The parcel is back with us.')
  assert.match(header(sent.data, 'To'), /nobdy@example\.org/)
  const before = await conversations()
  await post.deliver(report(box.address, 'nobdy@example.org', sent.data))
  const delivery = mail.getByTestId('delivery')
  await delivery.filter({ hasText: 'Not delivered.' }).waitFor()
  await delivery.getByText(/The address does not exist/).waitFor()
  await assertAccessible(page, 'a mail that came back')
  story.returned = new URL(page.url()).pathname
  assert.equal(await conversations(), before, 'a bounce opens nothing')
}
