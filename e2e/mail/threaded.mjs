import assert from 'node:assert/strict'
import { plainMail } from '../lib/post.mjs'

/** Anna answers as her mail program does, under another subject; the ids decide where it belongs. */
export async function threaded({ desk, post, box, answer, conversation }) {
  const { page } = desk
  await post.deliver(
    plainMail({
      from: 'Anna Petrova <anna@example.org>',
      to: box.address,
      subject: 'Thank you!',
      'In-Reply-To': answer,
      References: `<order-1042@example.org> ${answer}`,
      text: 'Wonderful, see you then.\n\nOn Mon, 2 Mar 2026 at 10:00, Maria Petrova <shop@example.test> wrote:\n> Good morning,\n> Your order leaves tomorrow.',
    }),
  )
  const mail = desk.message('Wonderful, see you then.')
  await mail.waitFor()
  assert.equal(new URL(page.url()).pathname, `/inbox/${conversation}`)
  assert.equal(await desk.row('Anna Petrova').count(), 1, 'one conversation')
  await page.getByRole('heading', { name: 'Thank you!' }).waitFor()

  assert.equal(await mail.getByText('> Good morning').count(), 0, 'what was quoted is folded')
  await mail.getByRole('button', { name: 'Show the quoted text' }).click()
  await mail.getByTestId('quoted').getByText('Good morning').waitFor()
}
