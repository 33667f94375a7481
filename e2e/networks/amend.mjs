import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { takeBoth } from '../lib/picture.mjs'
import { until } from '../lib/until.mjs'
import { openNetwork } from '../lib/world.mjs'

/**
 * A chapter in which a person on a network and an agent answer each other's messages, change them and react to them; the agent's
 * answers are formatted, and one is too old to be changed.
 */
export function amend(network, person) {
  return async ({ desk, url }) => {
    const { page, composer } = desk
    const there = openNetwork(network)
    const find = async (text) => (await there.shown()).find((one) => one.text === text)
    const of = (direction, text) =>
      page.locator(`[data-testid=message][data-direction=${direction}]`).filter({ hasText: text })
    const tool = async (message, name) => {
      await message.hover()
      await message.getByTestId('message-tools').click()
      await page.getByRole('menuitem', { name, exact: true }).click()
    }
    const asked = 'Which of them is smoky?'
    const theirs = of('inbound', 'Which of them is smoky')
    await there.write(asked)
    await page.goto(`${url}/inbox?view=all`)
    await desk.openRow(person)
    await theirs.waitFor()

    await tool(theirs, 'Reply to this message')
    await page.getByTestId('composer-reply-to').getByText(asked).waitFor()
    await composer.pressSequentially('Lapsang is ')
    await composer.press('Control+b')
    await composer.pressSequentially('smoky')
    await page.getByTestId('marks-preview').locator('strong', { hasText: 'smoky' }).waitFor()
    await takeBoth(page, `reply-${network}`, composer)
    await composer.press('Control+Enter')
    await desk.sendNow()
    const answered = 'Lapsang is smoky'
    await until('the formatted answer names what it answers', async () => {
      const one = await find(answered)
      return one?.answers === asked && one.marks.includes('bold')
    })
    assert.equal(await page.getByTestId('composer-reply-to').count(), 0, 'the next answer is to nothing')
    const ours = of('outbound', 'Lapsang is')
    await ours.getByTestId('message-reply-to').getByText(asked).waitFor()
    await ours.locator('strong', { hasText: 'smoky' }).waitFor()

    await tool(ours, 'Edit')
    const field = page.getByTestId('message-edit')
    assert.equal(await field.inputValue(), 'Lapsang is *smoky*')
    await field.fill('Lapsang is _very_ smoky')
    await takeBoth(page, `edit-${network}`, field)
    await field.press('Control+Enter')
    const edited = 'Lapsang is very smoky'
    await until('the person sees the edit', async () => {
      const one = await find(edited)
      return one?.edited && one.marks.includes('italic')
    })
    await ours.getByText('edited').first().waitFor()

    await theirs.hover()
    await theirs.getByRole('button', { name: 'React', exact: true }).click()
    const choice = page.getByTestId('reactions')
    await takeBoth(page, `react-${network}`, choice)
    await assertAccessible(page, 'choosing a reaction')
    await choice.getByRole('button', { name: '🔥' }).click()
    const chip = theirs.getByTestId('own-reaction')
    await chip.getByText('🔥').waitFor()
    await until('the person sees the reaction', async () => (await find(asked)).reaction === '🔥')
    await chip.click()
    await until('the reaction is taken back', async () => (await find(asked)).reaction === '')
    await until('its mark is gone', async () => (await chip.count()) === 0)

    await there.react(edited, '👍')
    await ours.getByTestId('message-reaction').getByText('👍').waitFor()
    await there.change(asked, 'Which of them is smoky, please?')
    await theirs.getByText('edited').first().waitFor()

    await there.age(edited)
    await tool(ours, 'Edit')
    await field.fill('Lapsang is out of stock')
    await field.press('Control+Enter')
    const trouble = ours.getByTestId('amendment')
    await trouble.getByText('The change was not accepted; the contact sees the old text.').waitFor()
    await ours.locator('em', { hasText: 'very' }).waitFor()
    assert.ok(await find(edited), 'the person still sees the old text')
    await takeBoth(page, `refused-${network}`, trouble)
    await trouble.getByRole('button', { name: 'Dismiss' }).click()
    await until('it is forgotten', async () => (await trouble.count()) === 0)

    const wrong = 'This is for somebody else'
    await desk.answer(wrong)
    await until('the wrong answer arrives', () => find(wrong))
    await tool(of('outbound', wrong), 'Delete for the contact')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await until('the person sees it no more', async () => !(await find(wrong)))
    await of('outbound', 'This message was deleted.').waitFor()
    await takeBoth(page, `amended-${network}`)
  }
}
