import assert from 'node:assert/strict'
import { connected, enter, hookOf, openConnect } from '../lib/channel.mjs'
import { takeBoth } from '../lib/picture.mjs'
import { until } from '../lib/until.mjs'

/** The form asks for what the provider and the gateway that are chosen need, and for nothing else. */
async function onlyWhatApplies(dialog) {
  const asked = async (label) => (await dialog.getByLabel(label, { exact: true }).count()) === 1
  for (const [choices, there, gone] of [
    [
      { Provider: 'Twilio' },
      ['Account SID', 'Auth token', 'Sender'],
      ['Gateway', 'Description of your gateway'],
    ],
    [
      { Provider: 'A gateway: of the list or your own', Gateway: 'SMS.ru' },
      ['Gateway password or key', 'Sender'],
      ['Account SID', 'Gateway login', 'Description of your gateway'],
    ],
    [{ Gateway: 'Your own' }, ['Gateway login', 'Description of your gateway'], ['Account SID']],
  ]) {
    await enter(dialog, choices)
    for (const label of there) assert.ok(await asked(label), `${label} is asked for`)
    for (const label of gone) assert.ok(!(await asked(label)), `${label} is not asked for`)
  }
}

/** A gateway is described and connected in the browser; a text comes in, is answered, counted and delivered. */
export async function sms({ desk, gateway, url }) {
  const { page } = desk
  const dialog = await openConnect(desk, 'SMS')
  await onlyWhatApplies(dialog)
  await takeBoth(page, 'connect-sms')
  await enter(dialog, {
    Name: 'Texts',
    'Gateway password or key': 'key of the gateway',
    'Description of your gateway': '{"url": 5}',
  })
  await dialog.getByRole('button', { name: 'Connect' }).click()
  await dialog.getByText(/description cannot be used: read/).waitFor()
  await enter(dialog, {
    'Description of your gateway': gateway.description,
    'SMS per message at most': '2',
  })
  const hook = await hookOf(desk, await connected(desk, dialog, 'Texts'))

  const push = (body) => fetch(hook, { method: 'POST', body: JSON.stringify(body) })
  assert.equal((await push({ id: 'in-1', from: '79005556677', text: 'Is it open today?' })).status, 200)
  await page.goto(`${url}/inbox?view=all`)
  await desk.openRow('+79005556677')
  const room = page.getByTestId('composer-room')
  await desk.composer.fill('Yes')
  await room.getByText('1 SMS · 157 characters left').waitFor()
  await desk.composer.fill('Да')
  await room.getByText('1 SMS · 68 characters left').waitFor()
  await desk.composer.fill('я'.repeat(135))
  await room.getByText('3 SMS, at most 2 are sent').waitFor()
  await page.locator('[data-testid=composer-send]:disabled').waitFor()
  await desk.answer('Yes, until 9 pm')
  await until('the answer goes out', () => gateway.sent.length === 1)
  assert.deepEqual(gateway.sent[0], { to: '79005556677', text: 'Yes, until 9 pm' })
  await push({ id: 'sms-1', state: 'DELIVRD' })
  await desk.delivery('Yes, until 9 pm').getByText('Delivered').waitFor()
}
