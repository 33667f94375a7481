/** Opens the form of a network in the settings, as an administrator does, and gives its dialog. */
export async function openConnect(desk, kind) {
  const { page, url } = desk
  await page.goto(`${url}/settings/channels`)
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await page.getByRole('menuitem', { name: kind, exact: true }).click()
  return page.getByRole('dialog')
}

/** Enters what a form asks for, by its labels, whatever kind of field each is. */
export async function enter(dialog, values) {
  for (const [label, value] of Object.entries(values)) {
    const field = dialog.getByLabel(label, { exact: true })
    if (!(await field.isVisible())) await dialog.locator('summary', { hasText: 'Seldom needed' }).click()
    if (await field.evaluate((node) => node.tagName === 'SELECT')) await field.selectOption({ label: value })
    else await field.fill(value)
  }
}

/** Sends the form and gives the card of the account once it works. */
export async function connected(desk, dialog, name) {
  await dialog.getByRole('button', { name: 'Connect' }).click()
  const card = desk.page.getByRole('article', { name })
  await card.getByText('Connected').waitFor()
  return card
}

/** The address that an account's events are pushed to, as its card shows it. */
export async function hookOf(desk, card) {
  // It stands open until the network has come once.
  return new URL(await card.getByRole('textbox', { name: 'Webhook address' }).inputValue(), desk.url).href
}
