import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { guest } from '../lib/chat.mjs'
import { Desk } from '../lib/desk.mjs'
import { question } from './visitor.mjs'

const other = 'We would like tea for forty guests, is there a discount?'

/** The pages of the settings that an administrator has. */
const SECTIONS = ['People', 'Teams', 'Channels', 'Labels', 'API keys']

/** An invited agent comes in by the link, in Russian, and sees their team's conversations and no others. */
export async function colleague(story) {
  const { desk } = story
  const { page } = desk

  for (const name of ['Tea masters', 'Wholesale']) {
    await page.goto(`${story.url}/settings/teams`)
    await addTeam(page, name)
  }
  await page.getByRole('link', { name: 'All teams' }).click()
  await assertAccessible(page, 'the teams')
  const url = await invite(page)

  // One conversation for each team; whoever is in neither sees neither.
  await guest(story.url, story.conversation.account_id, { name: 'Oleg' }, [other])
  await page.getByRole('navigation').getByRole('link', { name: 'All conversations' }).click()
  await desk.row(other).waitFor()
  await give(desk, other, 'Wholesale')
  await give(desk, question, 'Tea masters', story.conversation.id)

  const person = await story.browser.person('anna', { locale: 'ru-RU' })
  const anna = new Desk(person, story.url)
  await person.page.goto(url)
  await person.page.getByRole('heading', { name: 'Присоединяйтесь к коллегам' }).waitFor()
  await assertAccessible(person.page, 'the page of an invitation')
  await person.page.getByLabel('Пароль').fill('milk first, then the tea')
  await person.page.getByRole('button', { name: 'Присоединиться' }).click()
  await person.page.waitForURL('**/inbox')

  const seen = await anna.api('GET', '/conversations')
  const texts = seen.items.map(({ id, last_message }) =>
    id === story.conversation.id ? id : last_message.text,
  )
  assert.ok(texts.includes(story.conversation.id), 'what her team has')
  assert.ok(!texts.includes(other), 'what another team has')
  await refused(anna, story, other)

  // What is given to the team comes by itself, what is taken away goes by itself.
  await person.page.goto(`${story.url}/inbox?view=all`)
  await anna.row().first().waitFor()
  await give(desk, other, 'Tea masters')
  await anna.row(other).waitFor()
  await give(desk, other, 'Wholesale')
  await anna.row(other).waitFor({ state: 'detached' })

  await person.page.goto(`${story.url}/settings`)
  await person.page.getByRole('heading', { name: 'Мой профиль' }).waitFor()
  assert.deepEqual(
    await person.page.getByRole('navigation', { name: 'Настройки' }).getByRole('link').allInnerTexts(),
    ['Мой профиль', 'Уведомления', 'Быстрые ответы', 'Списки', 'Макросы'],
    'what everybody keeps for themselves',
  )
  await page.goto(`${story.url}/settings`)
  for (const name of SECTIONS)
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name }).waitFor()

  const used = await person.context.newPage()
  await used.goto(url)
  await used.getByText('Приглашение больше не действует').first().waitFor()
  await used.close()
  story.anna = anna
}

async function addTeam(page, name) {
  await page.getByRole('link', { name: 'Add a team' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/teams\/\d+$/)
}

/** Invites Anna as an agent of the tea masters; gives the link of the invitation. */
async function invite(page) {
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('button', { name: 'Invite' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Email').fill('anna@tea.example')
  await dialog.getByLabel('Name').fill('Анна')
  await dialog.getByLabel('Tea masters').check()
  await dialog.getByRole('button', { name: 'Invite' }).click()
  const url = await dialog.getByRole('textbox', { name: 'Link' }).inputValue()
  assert.match(new URL(url).hash, /^#.{20,}/, 'the token stands behind the hash, where no log sees it')
  await dialog.getByRole('button', { name: 'Done' }).click()
  return url
}

/** Gives the conversation with a text, or with an id, to a team. */
async function give(desk, text, team, id) {
  if (id) await desk.page.goto(`${desk.url}/inbox/${id}?view=all`)
  else await desk.openRow(text)
  const stored = desk.page.waitForResponse(
    (answer) =>
      /\/conversations\/\d+$/.test(answer.url()) && answer.request().method() === 'PATCH' && answer.ok(),
  )
  await desk.page.keyboard.press('Escape')
  await desk.page.getByTitle('Assign (A)').click()
  await desk.page.getByRole('option', { name: team }).click()
  await stored
}

/** A conversation of another team does not exist, neither for the page nor for the API. */
async function refused(anna, story, text) {
  const { items } = await story.desk.api('GET', '/conversations')
  const hidden = items.find(({ last_message }) => last_message.text === text)
  for (const path of ['', '/messages', '/timeline', '/draft'])
    assert.equal(
      await status(anna.page, `/api/v1/conversations/${hidden.id}${path}`),
      404,
      `GET …${path} of another team`,
    )
}

/** The status of an address, asked as the person who is signed in, outside of their page. */
async function status(page, path) {
  const answer = await page.context().request.get(new URL(path, page.url()).href)
  return answer.status()
}
