import { assertAccessible } from '../lib/axe.mjs'
import { bubble } from '../lib/chat.mjs'
import { takeBoth } from '../lib/picture.mjs'
import { until } from '../lib/until.mjs'

const text = 'Your order {{ ask: "order number" }} is on its way, {{ contact.name | default: "dear guest" }}.'

/** Writes a quick reply by hand: what is wrong with it is said at once, and named when it is saved. */
async function keep({ page }, url) {
  await page.goto(`${url}/settings/quick`)
  await page.getByText('What do you write every day?').waitFor()
  await takeBoth(page, 'quick-empty')
  await page.getByRole('button', { name: 'Add a reply' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('On its way')
  await dialog.getByLabel('Shortcut').fill('way')
  const field = dialog.getByLabel('Text', { exact: true })
  await field.fill('Hello {{ contact.age }}')
  await dialog.getByText(/no variable “contact.age”/).waitFor()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.locator('[role=alert]', { hasText: 'contact.age' }).first().waitFor()
  await field.fill(text)
  await field.press('End')
  await dialog.getByTestId('quick-palette').getByRole('button', { name: 'Greeting by the hour' }).click()
  await until(
    'the variable is in the text',
    async () => (await field.inputValue()) === `${text}{{ time.greeting }}`,
  )
  await field.fill(text)
  await dialog
    .getByTestId('quick-preview')
    .getByText('Your order [[order number]] is on its way, Anna Kim.')
    .waitFor()
  await dialog
    .locator('input[type=file]')
    .setInputFiles([{ name: 'tracking.txt', mimeType: 'text/plain', buffer: Buffer.from('by post') }])
  await dialog.getByText('tracking.txt').waitFor()
  await dialog.getByLabel('Folder').fill('Delivery')
  await dialog.getByLabel('Who sees it').selectOption('all')
  await takeBoth(page, 'quick-edit')
  await assertAccessible(page, 'a quick reply')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByTestId('quick-row').filter({ hasText: 'On its way' }).waitFor()
  await takeBoth(page, 'quick-list')
  await assertAccessible(page, 'the quick replies')
}

/** A reply is kept, found by a slash, asked for its blank, joined by another, and sent with its file. */
export async function quick(story) {
  const { desk, chat, conversation, url } = story
  const { page } = desk
  await keep(desk, url)
  await desk.api('POST', '/quick-replies', {
    shortcut: 'bye',
    text: 'Have a good evening!',
    scope: 'all',
    language: 'en',
  })
  await page.goto(`${url}/inbox/${conversation.id}`)
  await desk.composer.click()
  await page.keyboard.type('Good news! /way')
  const panel = page.getByTestId('quick-panel')
  await panel.getByRole('option', { name: /On its way/ }).waitFor()
  await assertAccessible(page, 'the list of quick replies')
  await takeBoth(page, 'quick-panel')
  await page.keyboard.press('Enter')
  const asked = panel.getByLabel('order number')
  await asked.waitFor()
  await takeBoth(page, 'quick-blank')
  await panel.getByRole('button', { name: 'fill in later' }).click()
  await until('the text is in the answer', async () =>
    /\[\[order number\]\] is on its way/.test(await desk.composer.inputValue()),
  )
  await page.getByText('tracking.txt').waitFor()

  // With the blank open it does not leave.
  await desk.composer.press('Control+Enter')
  await page.getByRole('alert').filter({ hasText: 'order number' }).waitFor()
  await takeBoth(page, 'quick-refused')
  await desk.composer.press('Tab')
  await page.keyboard.type('A-17')
  await desk.composer.press('End')
  await page.keyboard.type(' /bye')
  await panel.getByRole('option', { name: /bye/ }).waitFor()
  await page.keyboard.press('Tab')
  const whole = /^Good news! Your order A-17 is on its way, .+\. Have a good evening!$/
  await until('both stand in the answer', async () => whole.test(await desk.composer.inputValue()))
  await page.getByTestId('composer-send').click()
  await desk.sendNow()
  const arrived = bubble(chat, 'Your order A-17')
  await arrived.getByRole('link', { name: /tracking\.txt/ }).waitFor()

  await until('each was counted once', async () => {
    const { items } = await desk.api('GET', '/quick-replies')
    const uses = items.map((reply) => [reply.shortcut, reply.uses, reply.my_uses].join(' '))
    return uses.sort().join() === 'bye 1 1,way 1 1'
  })
}
