import assert from 'node:assert/strict'
import { leaves } from '../lib/people.mjs'
import { until } from '../lib/until.mjs'

const question = (name) => `It is ${name}, is the tea there?`
const dialog = (page) => page.getByRole('dialog')
/** Waits for the line that says what was done: z takes back the last that was said, whatever the server knows already. */
const told = (page, words) => page.locator('[aria-live=polite]').getByText(words).first().waitFor()
const active = (page, selector) =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)

/** The first Tab leads past the navigation; there is one main part, and headings go down step by step. */
export async function reader({ keys: { page, url }, hands }) {
  await page.goto(`${url}/inbox?view=all`)
  await page.getByTestId('conversation-row').first().waitFor()
  await page.keyboard.press('Tab')
  await hands.at(page.getByRole('button', { name: 'Skip to the content' }), 'the way past the navigation')
  await page.keyboard.press('Enter')
  await until('the screen has the focus', () => active(page, 'main'))
  const shape = await page.evaluate(() => ({
    mains: document.querySelectorAll('main').length,
    named: [...document.querySelectorAll('nav')].every((one) => one.ariaLabel),
    levels: [...document.querySelectorAll('h1, h2, h3, h4')]
      .filter((one) => one.checkVisibility())
      .map((one) => Number(one.tagName[1])),
  }))
  assert.equal(shape.mains, 1, 'one main part')
  assert.ok(shape.named, 'every navigation has a name')
  assert.equal(shape.levels[0], 1, 'the first heading is that of the screen')
  for (const [at, level] of shape.levels.entries())
    assert.ok(at === 0 || level - shape.levels[at - 1] <= 1, `headings jump: ${shape.levels}`)
}

/** j, j and Enter open the third; a, l and h assign, label and put off; e closes and goes on; z takes that back. */
export async function triage({ keys, hands, url }) {
  const { page } = keys
  await page.goto(`${url}/inbox?view=all`)
  await keys.row('Vera').waitFor()
  const third = page.getByTestId('conversation-row').nth(2)
  const name = /It is (\w+)/.exec(await third.innerText())[1]
  await hands.russian('KeyJ', 'KeyJ')
  await hands.at(third, 'the third row')
  await page.keyboard.press('Enter')
  await keys.message(question(name)).waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const now = () => keys.api('GET', `/conversations/${id}`)

  await hands.russian('KeyA')
  await hands.at(dialog(page).getByRole('combobox'), 'the list of people')
  await hands.type('maria')
  await dialog(page).getByRole('option', { name: 'Maria Petrova' }).first().waitFor()
  await page.keyboard.press('Enter')
  await until('it is assigned', async () => (await now()).assignee_id)
  await dialog(page).waitFor({ state: 'detached' })
  await hands.russian('KeyL')
  await hands.at(dialog(page).getByRole('combobox'), 'the list of labels')
  await dialog(page).getByRole('option', { name: 'Tea' }).waitFor()
  await page.keyboard.press('Enter')
  await until('it has a label', async () => (await now()).labels.length === 1)
  if (await dialog(page).count()) await hands.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })
  await hands.russian('KeyH')
  await hands.at(dialog(page).getByRole('combobox'), 'the list of times')
  await dialog(page).getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await until('it is put off', async () => (await now()).status === 'snoozed')
  await dialog(page).waitFor({ state: 'detached' })
  await told(page, /^Snoozed until /)
  await hands.russian('KeyZ')
  await until('it is back', async () => (await now()).status === 'open')
  await hands.russian('KeyE')
  await until('it is closed', async () => (await now()).status === 'closed')
  await page.waitForURL((address) => !address.pathname.endsWith(`/${id}`))
  await told(page, /^Conversation closed/)
  await hands.russian('KeyZ')
  await until('it is open again', async () => (await now()).status === 'open')
}

/** r writes an answer, n a note; Escape leaves the text and nothing else. */
export async function writing({ keys, hands, url }) {
  const { page } = keys
  await page.goto(`${url}/inbox?view=all`)
  await keys.row('Tom').waitFor()
  const { items } = await keys.api('GET', '/conversations')
  const { id } = items.find((one) => one.contact_name === 'Tom')
  await page.goto(`${url}/inbox/${id}?view=all`)
  await keys.message(question('Tom')).waitFor()
  await hands.russian('KeyR')
  await hands.at(keys.composer, 'the answer')
  await hands.type('It is on the way.')
  await hands.press('Control+Enter')
  await keys.message('It is on the way.').waitFor()
  await hands.press('Escape')
  await until(
    'the text is left',
    async () => !(await keys.composer.evaluate((node) => node === document.activeElement)),
  )
  await hands.russian('KeyN')
  await hands.at(keys.composer, 'the note')
  await hands.type('He called as well.')
  await hands.press('Control+Enter')
  await keys.message('He called as well.').waitFor()
  // Its row moves when it leaves: not while rows are chosen.
  await leaves(keys, 'It is on the way.')
}

/** x and Shift+x choose some, e closes them all, z opens them again. */
export async function sideways({ keys, hands, url }) {
  const { page } = keys
  await page.goto(`${url}/inbox?view=all`)
  await keys.row('Vera').waitFor()
  const all = async () => (await keys.api('GET', '/conversations/counts')).all
  const before = await all()
  await hands.press('j', 'x', 'j', 'j', 'Shift+X')
  await page.getByText('3 chosen').waitFor()
  await hands.russian('KeyE')
  await until('three are closed', async () => (await all()) === before - 3)
  await told(page, /^3 conversations closed/)
  await hands.russian('KeyZ')
  await until('they are open again', async () => (await all()) === before)
}

/** Search, commands and the list of keys open by keys; Tab stays inside, Escape closes the topmost and gives the focus back. */
export async function dialogs({ keys, hands, url }) {
  const { page } = keys
  await page.goto(`${url}/inbox?view=all`)
  await keys.row('Vera').waitFor()
  await hands.press('j')
  // What else the row says goes by the clock.
  const row = () => page.evaluate(() => document.activeElement?.dataset.id)
  const held = await row()
  assert.ok(held, 'a row has the focus')
  await hands.press('?')
  await dialog(page).waitFor()
  await until('the dialog has the focus', () => active(page, '[role=dialog], [role=dialog] *'))
  for (let times = 0; times < 5; times++) {
    await page.keyboard.press('Tab')
    // At its end it is led back to its beginning, which may take a moment.
    await until('Tab stays in the dialog', () => active(page, '[role=dialog], [role=dialog] *'))
  }
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })
  await until('the row has the focus again', async () => (await row()) === held)

  await hands.press('Control+K')
  const command = page.getByRole('combobox', { name: 'What do you want to do?' })
  await hands.at(command, 'the commands')
  await hands.type('requests')
  await page.getByRole('option', { name: 'Requests', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/requests')
  await hands.russian('KeyG', 'KeyI')
  await page.waitForURL('**/inbox')
  await hands.russian('Slash')
  await hands.at(page.getByRole('searchbox'), 'the search')
  const found = page.waitForResponse((answer) => new URL(answer.url()).searchParams.get('q') === 'Vera')
  await hands.type('Vera')
  await found
  await page.locator('[data-hit]').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/(contacts|inbox)\/\d+/)
}

/** A lead goes to the next column by keys; a field of the side panel is changed. */
export async function board({ keys, hands, url }) {
  const { page } = keys
  await page.goto(`${url}/leads?board=true`)
  // Columns come one by one: the first card that stands anywhere may be in the last, with nothing beside it.
  const card = page.getByTestId('board-column').first().getByTestId('board-card').first()
  await hands.tabTo(card)
  const moved = page.waitForResponse(
    (answer) => /\/leads\/\d+$/.test(answer.url()) && answer.request().method() === 'PATCH',
  )
  await hands.press('Shift+ArrowRight')
  assert.ok((await moved).ok(), 'the card is moved')
  await until('the card has the focus still', () => active(page, '[data-testid=board-card]'))

  const { items } = await keys.api('GET', '/conversations')
  // Below the last person of the list there is nobody to choose.
  const free = items.find((one) => !one.assignee_id)
  await page.goto(`${url}/inbox/${free.id}?view=all`)
  const owner = page.getByRole('complementary', { name: 'Details' }).getByLabel('Owner').first()
  await owner.getByRole('option', { name: 'Maria Petrova' }).waitFor({ state: 'attached' })
  await hands.tabTo(owner)
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok())
  await page.keyboard.press('ArrowDown')
  await saved
}

/** A quick reply is made in a dialog; with the keys switched off letters do nothing. */
export async function settings({ keys, hands, url }) {
  const { page } = keys
  await page.goto(`${url}/settings/quick`)
  await hands.tabTo(page.getByRole('button', { name: 'Add a reply' }))
  await page.keyboard.press('Enter')
  await hands.tabTo(dialog(page).getByLabel('Name', { exact: true }))
  await hands.type('Thanks')
  await hands.tabTo(dialog(page).getByLabel('Text', { exact: true }))
  await hands.type('Thank you for writing!')
  await hands.tabTo(dialog(page).getByRole('button', { name: 'Save' }))
  await page.keyboard.press('Enter')
  await page.getByTestId('quick-row').filter({ hasText: 'Thanks' }).waitFor()
  await dialog(page).waitFor({ state: 'detached' })
  await until('the focus is somewhere', hands.holder)

  await page.goto(`${url}/settings/profile`)
  const wanted = page.getByRole('checkbox', { name: /^Keyboard shortcuts/ })
  await hands.tabTo(wanted)
  await page.keyboard.press('Space')
  await page.goto(`${url}/inbox?view=all`)
  await keys.row('Vera').waitFor()
  await page.keyboard.press('?')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  assert.equal(await dialog(page).count(), 0, 'no key opens anything')
  assert.equal(new URL(page.url()).pathname, '/inbox', 'nothing was opened')
}

/** The last way is out. */
export async function signOut({ keys, hands, url }) {
  const { page } = keys
  await page.goto(`${url}/inbox`)
  await hands.tabTo(page.getByRole('button', { name: /^Maria Petrova\s*,/ }))
  await page.keyboard.press('Enter')
  const out = page.getByRole('menuitem', { name: 'Sign out' })
  await out.waitFor()
  await page.keyboard.press('End')
  await hands.at(out, 'the way out')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/sign-in**')
}
