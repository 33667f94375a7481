import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { until } from '../lib/until.mjs'

const toast = (who, text) => who.page.getByText(text, { exact: true }).first()

/** Ann presses S; what Sam writes then moves nothing, and Bob, who looks into spam, brings it back. */
export async function spam({ ann, bob, guests, desk }) {
  const { sam } = guests
  const before = await desk.api('GET', `/conversations/${sam.id}`)
  await ann.openRow('Sam')
  await ann.page.keyboard.press('Escape')
  await ann.page.locator('h2').first().click()
  await ann.page.keyboard.press('s')
  await toast(ann, 'Marked as spam').waitFor()
  await ann.page.getByText('This is spam.').waitFor()
  await bob.row('Sam').waitFor({ state: 'detached' })

  await ann.page.keyboard.press('z')
  await bob.row('Sam').first().waitFor()
  const back = await desk.api('GET', `/conversations/${sam.id}`)
  for (const field of ['status', 'unanswered', 'waiting_since', 'lead_id', 'request_id'])
    assert.equal(back[field], before[field], field)
  const lead = await desk.api('GET', `/leads/${before.lead_id}`)
  assert.equal(lead.status, 'open')

  await ann.page.keyboard.press('s')
  await bob.row('Sam').waitFor({ state: 'detached' })
  await sam.write('Cheaper still')
  const aside = await desk.api('GET', `/conversations/${sam.id}`)
  assert.deepEqual([aside.status, aside.unanswered, aside.spam, aside.seq], ['closed', false, true, 2])

  await bob.page.goto(`${bob.url}/inbox?view=spam`)
  await bob.row('Cheaper still').first().click()
  await assertAccessible(bob.page, 'spam')
  await bob.page.getByRole('button', { name: 'Not spam' }).first().click()
  await toast(bob, 'It is no spam').waitFor()
  await until('it waits again', async () => (await desk.api('GET', `/conversations/${sam.id}`)).unanswered)
  await bob.page.goto(`${bob.url}/inbox?view=all`)
  await bob.row('Sam').first().waitFor()
}

/** Petra stands above the list, also in Ann's other tab, and for nobody else. */
export async function pinned({ ann, bob, url }) {
  const tab = await ann.context.newPage()
  await tab.goto(`${url}/inbox?view=all`)
  await ann.page.goto(`${url}/inbox?view=all`)
  await ann.openRow('Petra')
  await ann.page.locator('h2').first().click()
  await ann.page.keyboard.press('p')
  for (const page of [ann.page, tab]) {
    const pins = page.getByRole('list', { name: 'Pinned conversations' })
    await pins.getByTestId('conversation-row').filter({ hasText: 'Petra' }).waitFor()
    await until(
      'it stands there alone',
      async () => (await page.getByTestId('conversation-row').filter({ hasText: 'Petra' }).count()) === 1,
    )
  }
  await tab.goto(`${url}/inbox?view=all`)
  const rows = tab.getByTestId('conversation-row').filter({ hasText: 'Petra' })
  await rows.first().waitFor()
  await tab.getByTestId('conversation-row').filter({ hasText: 'Frida' }).waitFor()
  assert.equal(await rows.count(), 1, 'the server leaves it out below')
  await assertAccessible(ann.page, 'pins')
  assert.equal(await bob.page.getByTestId('pins').count(), 0)
  await ann.page.keyboard.press('p')
  await tab.getByTestId('pins').waitFor({ state: 'detached' })
  await tab.close()
}

/** Bob follows Frida, whom Ann answers; his page, which he does not look at, says that she wrote. */
export async function followed({ bob, guests, people, desk, url }) {
  const { frida } = guests
  await desk.api('PATCH', `/conversations/${frida.id}`, { assignee_id: people.ann.id })
  await bob.page.goto(`${url}/inbox/${frida.id}?view=all`)
  await bob.composer.waitFor()
  await bob.page.getByRole('button', { name: 'More actions', exact: true }).first().click()
  await bob.page.getByRole('menuitem', { name: 'Follow' }).click()
  await toast(bob, 'You follow this conversation').waitFor()
  const listens = bob.page.waitForResponse((answer) => /\/events(\?|$)/.test(answer.url()))
  await bob.page.goto(`${url}/inbox?view=following`)
  await bob.row('Frida').first().waitFor()
  assert.equal(await bob.row().count(), 1)
  await listens
  await bob.page.evaluate(() => {
    document.hasFocus = () => false
    dispatchEvent(new Event('blur'))
  })
  await frida.write('Still nothing')
  await bob.page.waitForFunction(() => /^● \d+ new/.test(document.title))
  await bob.row('Still nothing').first().waitFor()
  await bob.page.evaluate(() => {
    document.hasFocus = () => true
    dispatchEvent(new Event('focus'))
  })
  await bob.page.goto(`${url}/settings/notifications`)
  await bob.page.getByLabel('Sound: A new message in a conversation that you follow').waitFor()
}
