import { assertAccessible } from '../lib/axe.mjs'
import { Shop, write } from '../lib/chat.mjs'

const WORKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']

/** A working day that is neither today nor next to it, whatever the time zone. */
function farDay(now = new Date()) {
  const today = (now.getUTCDay() + 6) % 7
  return WORKDAYS.find((_, day) => {
    const apart = Math.abs(day - today)
    return Math.min(apart, 7 - apart) > 1
  })
}

/** Somebody sets the hours of the shop: open on one far day, in two stretches, and closed on a holiday. */
export async function hours({ desk, url }) {
  const { page } = desk
  await page.goto(`${url}/settings/hours`)
  await page.getByRole('heading', { name: 'No business hours yet' }).waitFor()
  await page.getByRole('button', { name: 'Add business hours' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Shop')
  await dialog.getByLabel('Time zone').fill('Nowhere/At all')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('There is no such time zone').waitFor()
  await dialog.getByLabel('Time zone').fill('UTC')

  const far = farDay()
  for (const day of WORKDAYS.filter((one) => one !== far))
    await dialog.getByRole('group', { name: day }).getByRole('button', { name: 'Remove these hours' }).click()
  const open = dialog.getByRole('group', { name: far })
  await open.getByLabel('To', { exact: true }).fill('13:00')
  await open.getByRole('button', { name: 'Add hours' }).click()
  await dialog.getByRole('button', { name: 'Add a holiday' }).click()
  await dialog.getByLabel('Date').fill('2030-05-09')
  await dialog.getByLabel('What is celebrated').fill('Victory Day')
  await assertAccessible(page, 'business hours')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText(`${far.slice(0, 3)} 09:00–13:00, 14:00–17:00`).waitFor()
  await page.getByText('UTC · 1 holiday').waitFor()
}

/** The chat opens no lead by itself: that shall be up to a trigger. */
export async function intake({ desk, url }) {
  const { page } = desk
  await desk.api('POST', '/labels', { name: 'Night', color: '#1d4ed8' })
  await page.goto(`${url}/settings/channels`)
  const card = page.getByRole('article').filter({ hasText: 'Site chat' }).first()
  await card.getByRole('link', { name: 'Intake rules' }).click()
  await page.getByRole('heading', { name: 'No rules: everything as usual' }).waitFor()
  await page.getByRole('button', { name: 'Add a rule' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('The rule changes nothing: choose what it does.').first().waitFor()
  await dialog.getByLabel('Name').fill('Leads by trigger')
  await dialog.getByLabel('No lead').check()
  await assertAccessible(page, 'an intake rule')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Leads by trigger', exact: true }).waitFor()
}

/** What there is to try a trigger on. */
export async function history(story) {
  const shop = new Shop(await story.browser.person('early-visitor'), story.url)
  await shop.enter()
  story.early = await shop.open()
  await write(story.early, 'Are you open now?')
  await story.desk.page.goto(`${story.url}/inbox`)
  await story.desk.row('Are you open now?').waitFor()
}
