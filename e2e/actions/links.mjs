import { assertAccessible } from '../lib/axe.mjs'

/** Lino's parcel is Frida's: Ann finds Frida by name, and the panel leads there and back. */
export async function linked({ ann, guests, url }) {
  const { frida, lino } = guests
  const { page } = ann
  await page.goto(`${url}/inbox/${lino.id}?view=all`)
  await ann.composer.waitFor()
  await page.locator('h2').first().click()
  await page.keyboard.press('Shift+L')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').fill('Frida')
  await dialog
    .getByRole('option', { name: new RegExp(`no\\. ${frida.number}\\b`) })
    .first()
    .click()
  const links = page.getByTestId('links')
  await links.getByRole('link', { name: new RegExp(`no\\. ${frida.number}\\b`) }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await links.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await links.getByRole('link', { name: new RegExp(`no\\. ${frida.number}\\b`) }).waitFor()
  // What can be taken back can be for ten seconds; this takes longer.
  await assertAccessible(page, 'links')
  await links.getByRole('link', { name: new RegExp(`no\\. ${frida.number}\\b`) }).click()
  await page.waitForURL(`**/inbox/${frida.id}*`)
  await links.getByRole('link', { name: new RegExp(`no\\. ${lino.number}\\b`) }).waitFor()
}
