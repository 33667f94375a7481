import assert from 'node:assert/strict'
import { guest } from '../lib/chat.mjs'
import { until } from '../lib/until.mjs'

const phone = '+7 900 111-22-33'

/** How many messages each of the two writes: more than a page holds. */
export const MESSAGES = 60

/** Two visitors write at the same time and leave the same number; one has a name, the other hardly any. */
export async function asked(story) {
  const { desk } = story
  const { items } = await desk.api('GET', '/accounts')
  const account = items.find((one) => one.kind === 'webchat').id
  const words = (who) => Array.from({ length: MESSAGES }, (_, n) => `${who} says no. ${n + 1} of it.`)
  await guest(story.url, account, { name: 'Anna Lee', phone }, words('Anna'))
  await guest(story.url, account, { name: 'Annie', phone }, words('Annie'))
  const { items: list } = await desk.api('GET', '/conversations')
  story.anna = list.find((one) => one.contact_name === 'Anna Lee')
  story.annie = list.find((one) => one.contact_name === 'Annie')
  assert.ok(story.anna && story.annie)
}

/** The lead, and which of the stages it stands on. */
async function stageOf({ desk, anna }) {
  const lead = await desk.api('GET', `/leads/${anna.lead_id}`)
  return { ...lead, stage: desk.stages.findIndex((one) => one.id === lead.stage_id) }
}

/** Anna's card where it stands: columns come one by one, and a lead of hers that a merge ended stands among the lost. */
const cardOn = (page, stage) =>
  page
    .getByRole('list', { name: stage.name, exact: true })
    .getByTestId('board-card')
    .filter({ hasText: 'Anna Lee' })

/** Shift with an arrow moves a card; Undo at the bottom brings it back. */
export async function byKey(all) {
  const { desk } = all
  const { page } = desk
  const [{ stages }] = await desk.api('GET', '/pipelines')
  desk.stages = stages
  await page.goto(`${all.url}/leads?board=true`)
  const from = (await stageOf(all)).stage
  const card = cardOn(page, stages[from])
  await card.focus()
  await page.keyboard.press('Shift+ArrowRight')
  await page
    .getByText(`Anna Lee: ${stages[from + 1].name}`)
    .first()
    .waitFor()
  await until('the card has moved', async () => (await stageOf(all)).stage === from + 1)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await until('the card is back', async () => (await stageOf(all)).stage === from)
  await card.focus()
  await page.keyboard.press('Shift+ArrowRight')
  await until('the card has moved again', async () => (await stageOf(all)).stage === from + 1)
}

/** A card is dragged to the column before, by the name, which is what one aims at. */
export async function byDrag(all) {
  const { page } = all.desk
  await page.reload()
  const { stages } = all.desk
  const at = (await stageOf(all)).stage
  const card = cardOn(page, stages[at])
  await card.waitFor()
  // A column that comes under the pointer would move what it aims at.
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'))
  const before = page.getByTestId('board-column').nth(at - 1)
  await card.getByRole('link').dragTo(before.getByRole('heading', { level: 2 }))
  await until('the card was dragged', async () => (await stageOf(all)).stage === at - 1)
}

/** The panel makes a client of a lead. */
export async function converted(all) {
  const { page } = all.desk
  await page.goto(`${all.url}/inbox/${all.anna.id}?view=all&status=any`)
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByRole('button', { name: 'Convert to client' }).click()
  await page.getByText('“Anna Lee” is a client now').first().waitFor()
  await until('the lead is converted', async () => (await stageOf(all)).status === 'converted')
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await until('the lead is open again', async () => (await stageOf(all)).status === 'open')
}

/** A lead is lost for a reason. */
export async function lost(all) {
  const { page } = all.desk
  const panel = page.getByRole('complementary', { name: 'Details' })
  const before = await stageOf(all)
  await panel.getByRole('button', { name: 'Mark as lost' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('Too expensive')
  await dialog.getByRole('button', { name: 'Mark as lost' }).click()
  await page.getByText('The lead of “Anna Lee” is lost').first().waitFor()
  await until('the reason is kept', async () => (await stageOf(all)).lost_reason === 'Too expensive')
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await until('the lead is open again', async () => (await stageOf(all)).status === 'open')
  const after = await stageOf(all)
  assert.deepEqual([after.stage, after.lost_reason], [before.stage, ''])
}
