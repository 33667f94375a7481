import { assertAccessible } from '../lib/axe.mjs'
import { openConnect } from '../lib/channel.mjs'

/** The address says nothing of its servers, so they are typed; a wrong password is named before it is stored. */
export async function connect(story) {
  const { desk, post } = story
  const { page } = desk
  const box = await post.box()
  story.box = box
  const dialog = await openConnect(desk, /^E-?mail$/i)
  await dialog.getByLabel('Address of the mailbox').fill(box.address)
  await dialog.getByRole('button', { name: 'Continue' }).click()

  const password = dialog.getByLabel('Password')
  await password.fill('not the password')
  const servers = dialog.getByRole('group')
  for (const [at, side] of ['imap', 'smtp'].entries()) {
    const group = servers.nth(at)
    await group.getByLabel('Server').fill(box[`${side}_host`])
    await group.getByLabel('Port').fill(box[`${side}_port`])
    await group.getByLabel('Security').selectOption('none')
  }
  await dialog.getByLabel('User name').fill(box.address)
  await dialog.getByLabel('Name that customers see').fill('Tea House')
  await dialog.getByLabel('Mail that is there already').selectOption('0')
  await assertAccessible(page, 'connecting a mailbox')
  await dialog.getByRole('button', { name: 'Check and connect' }).click()
  await dialog
    .getByText(/password/i)
    .filter({ hasText: /refus|accept|wrong|not take/i })
    .first()
    .waitFor()

  await password.fill(box.password)
  await dialog.getByRole('button', { name: 'Check and connect' }).click()
  await dialog.getByText('The mailbox is connected.').waitFor()
  await assertAccessible(page, 'a mailbox that is connected')
  await dialog.getByRole('button', { name: 'Close' }).first().click()
  await page.goto(`${story.url}/inbox?view=all`)
}
