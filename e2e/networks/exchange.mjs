import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { connected, enter, hookOf, openConnect } from '../lib/channel.mjs'
import { takeBoth } from '../lib/picture.mjs'
import { until } from '../lib/until.mjs'
import { openNetwork } from '../lib/world.mjs'

/**
 * A chapter that connects an account in the settings, step by step, and has a person there and an agent here exchange a text,
 * a picture and a button.
 *
 * `network` names it in the world, `kind` in the menu; `fields` are the names of what is entered, by their labels, and
 * `choose` the rest; `person` is what the inbox calls the person, `pushed` whether the network calls us, and `mute` whether it takes no
 * pictures of ours.
 */
export function exchange({ network, kind, name, person, fields, choose = {}, pushed, mute }) {
  return async ({ desk, url }) => {
    const { page } = desk
    const there = openNetwork(network)
    const config = await there.config()
    const dialog = await openConnect(desk, kind)
    await dialog.getByText('How to prepare, step by step').click()
    await dialog.getByRole('heading', { name: 'What goes wrong' }).waitFor()
    await takeBoth(page, `guide-${network}`)
    await dialog.getByText('How to prepare, step by step').click()
    await enter(dialog, choose)
    await enter(dialog, { Name: name })
    await enter(
      dialog,
      Object.fromEntries(Object.entries(fields).map(([label, field]) => [label, config[field]])),
    )
    await assertAccessible(page, `connecting ${name}`)
    await takeBoth(page, `connect-${network}`)
    const card = await connected(desk, dialog, name)
    if (pushed) {
      const waiting = card.getByText('Waiting for the first event')
      await waiting.waitFor()
      await takeBoth(page, `waiting-${network}`, waiting)
      await there.pushTo(await hookOf(desk, card))
    }
    await takeBoth(page, `connected-${network}`)

    const asked = `Is the oolong in stock? (${network})`
    await there.write(asked)
    await page.goto(`${url}/inbox?view=all`)
    await desk.row(asked).waitFor()
    await desk.openRow(person)
    await desk.message(asked).waitFor()
    const answered = `Yes, two packets (${network})`
    await desk.answer(answered)
    await until('the answer arrives', async () => (await there.got()).some((one) => one.text === answered))

    const kettle = await photograph(page.context(), url)
    await there.write('This is my kettle', kettle)
    const shown = desk.message('This is my kettle').getByRole('img')
    await shown.waitFor()
    await until('the agent sees the picture', () =>
      shown.evaluate((node) => node.complete && node.naturalWidth > 0),
    )
    if (!mute) {
      await page
        .locator('input[type=file]')
        .setInputFiles([{ name: 'tea.png', mimeType: 'image/png', buffer: kettle }])
      await page.getByText('tea.png').waitFor()
      await desk.composer.fill('This is our tea')
      await page.getByTestId('composer-send').click()
      await desk.sendNow()
      await until('the picture arrives', async () => (await there.got()).some((one) => one.pictures === 1))
    }
    await offerTeas(desk, there)
    const got = await there.got()
    assert.equal(got.filter((one) => one.text === answered).length, 1, 'answered once')
    await takeBoth(page, `talk-${network}`)
  }
}

/** The agent offers two teas by buttons, or by numbers where the network has no buttons, and the person chooses the second. */
async function offerTeas(desk, there) {
  const { page, composer } = desk
  await page.getByRole('button', { name: 'Add buttons' }).click()
  await page.getByLabel('Button 1', { exact: true }).fill('Sencha')
  await page.getByRole('button', { name: 'One more button' }).click()
  await page.getByLabel('Button 2', { exact: true }).fill('Assam')
  await composer.fill('Which tea?')
  await page.getByTestId('composer-send').click()
  await desk.sendNow()
  await until('the choice arrives', async () =>
    (await there.got()).some(
      ({ text, buttons }) =>
        text.startsWith('Which tea?') && (buttons ?? text.split('\n')).at(-1).endsWith('Assam'),
    ),
  )
  await there.press('Assam')
  await page.getByTestId('message-press').waitFor()
}

/** A photograph, as far as a test has any: a drawing of the shop, taken by the browser. */
async function photograph(context, url) {
  const page = await context.newPage()
  await page.setViewportSize({ width: 520, height: 420 })
  await page.goto(`${url}/demo-assets/hero.svg`)
  const picture = await page.screenshot({ type: 'png' })
  await page.close()
  return picture
}
