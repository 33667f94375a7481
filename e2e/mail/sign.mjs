import assert from 'node:assert/strict'

export const signature = 'Maria, who packs your tea'

/** A signature is written once and stands under every mail that is begun. */
export async function sign({ desk, url, conversation }) {
  const { page } = desk
  await page.goto(`${url}/settings/profile`)
  const field = page.getByTestId('signature')
  await field.click()
  await page.keyboard.type(signature)
  await page.getByRole('button', { name: 'Save the signature' }).click()
  await page.getByText('Saved').first().waitFor()
  const session = await desk.api('GET', '/session')
  assert.match(session.agent.signature, /packs your tea/)

  await page.goto(`${url}/inbox/${conversation}?view=all`)
  await page.getByTestId('mail-text').getByText(signature).waitFor()
}
