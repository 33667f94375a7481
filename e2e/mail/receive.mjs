import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'

const picture =
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC'
const receipt = Buffer.from('%PDF-1.4 a receipt').toString('base64')

/** What Anna writes: plain text and HTML, a picture in the text, a file beside it, and Ivan in copy. */
function order(to) {
  return [
    'From: Anna Petrova <anna@example.org>',
    `To: Tea House <${to}>`,
    'Cc: Ivan Sokolov <ivan@example.org>',
    'Subject: Order 1042',
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'Message-ID: <order-1042@example.org>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=outer',
    '',
    '--outer',
    'Content-Type: multipart/related; boundary=look',
    '',
    '--look',
    'Content-Type: multipart/alternative; boundary=text',
    '',
    '--text',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Where is my order?',
    '--text',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<html><body style="font-family:Georgia"><h1 style="color:#a40">Where is my order?</h1>',
    '<p onclick="document.title=1">It should have come <b>on Monday</b>.</p><script>document.title="ran"</script>',
    '<p><img src="cid:cup" alt="A cup" width="40" height="40"></p>',
    '<p><img src="https://pictures.example/far.png" alt="Far away" width="80" height="40"></p></body></html>',
    '--text--',
    '--look',
    'Content-Type: image/png; name=cup.png',
    'Content-ID: <cup>',
    'Content-Disposition: inline; filename=cup.png',
    'Content-Transfer-Encoding: base64',
    '',
    picture,
    '--look--',
    '--outer',
    'Content-Type: application/pdf; name=receipt.pdf',
    'Content-Disposition: attachment; filename=receipt.pdf',
    'Content-Transfer-Encoding: base64',
    '',
    receipt,
    '--outer--',
    '',
  ].join('\r\n')
}

export async function receive(story) {
  const { desk, post, box } = story
  const { page } = desk
  await post.deliver(order(box.address))
  await desk.row('Anna Petrova').first().click()
  const mail = desk.mail('Anna Petrova')
  await mail.waitFor()
  await page.getByRole('heading', { name: 'Order 1042' }).waitFor()
  await mail.getByText(/to .*, cc Ivan Sokolov/).waitFor()

  const look = mail.frameLocator('iframe')
  await look.getByRole('heading', { name: 'Where is my order?' }).waitFor()
  const cup = look.getByRole('img', { name: 'A cup' })
  await page.waitForFunction(
    () =>
      document
        .querySelector('[data-testid=mail-frame] iframe')
        ?.contentDocument?.querySelector('img[alt="A cup"]')?.naturalWidth === 10,
  )
  assert.ok(await cup.isVisible())
  assert.match(await page.title(), /Parley/)
  assert.equal(
    await mail.locator('iframe').getAttribute('sandbox'),
    'allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  )
  await mail.getByRole('button', { name: 'Show images' }).waitFor()

  const files = mail.getByRole('listitem')
  assert.equal(await files.count(), 1, 'the picture of the text is not listed beside it')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    mail.getByRole('link', { name: 'receipt.pdf' }).click(),
  ])
  assert.equal(download.suggestedFilename(), 'receipt.pdf')

  const details = page.getByRole('complementary', { name: 'Details' })
  await details.getByText('ivan@example.org').waitFor()
  await assertAccessible(page, 'a mail in the inbox')
  story.conversation = new URL(page.url()).pathname.split('/').at(-1)
}
