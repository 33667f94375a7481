import { assertAccessible } from '../lib/axe.mjs'
import { Desk } from '../lib/desk.mjs'

const password = 'kettle on the porch'

/** Who works in the shop, besides the first person. */
const staff = {
  lena: { name: 'Lena Head', role: 'lead' },
  ann: { name: 'Ann First', role: 'agent' },
  bob: { name: 'Bob Second', role: 'agent' },
  otto: { name: 'Otto Late', role: 'agent' },
}

/** Signs somebody in at a computer of their own, whose clock is that of the story. */
export async function signIn(story, who) {
  const person = await story.browser.person(who)
  await person.page.goto(`${story.url}/sign-in`)
  await person.page.getByLabel('Email').fill(`${who}@tea.example`)
  await person.page.getByLabel('Password').fill(password)
  await person.page.getByRole('button', { name: 'Sign in' }).click()
  await person.page.waitForURL('**/inbox')
  await story.clock.follow(person)
  return new Desk(person, story.url)
}

/** The administrator hires people and makes two teams; the lead, who is in both, sees to the rest. */
export async function people(story) {
  const { desk } = story
  story.people = {}
  for (const [who, { name, role }] of Object.entries(staff)) {
    const body = { name, role, email: `${who}@tea.example`, password, language: 'en', presence: 'online' }
    story.people[who] = await desk.api('POST', '/agents', {
      ...body,
      ...(role === 'lead' && { presence: 'busy' }),
    })
  }
  const { lena, ann, bob, otto } = story.people
  const second = { name: 'Second line', member_ids: [lena.id, otto.id], head_id: lena.id }
  await desk.api('POST', '/teams', { ...second, strategy: 'even_turns', timeout_seconds: 600 })
  story.duty = await desk.api('POST', '/teams', { name: 'Duty', member_ids: [lena.id, ann.id, bob.id] })
  const accounts = await desk.api('GET', '/accounts')
  story.chat = accounts.items.find((one) => one.kind === 'webchat')
  await desk.api('PATCH', `/accounts/${story.chat.id}`, { team_id: story.duty.id })
  story.lena = await signIn(story, 'lena')
}

/** Monday to Friday from nine to five, with lunch from one to two; Wednesday is a holiday. */
export async function hours({ lena, url, clock }) {
  const { page } = lena
  await page.goto(`${url}/settings/hours`)
  await page.getByRole('button', { name: 'Add business hours' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Duty hours')
  await dialog.getByLabel('Time zone').fill('UTC')
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) {
    const open = dialog.getByRole('group', { name: day })
    await open.getByLabel('To', { exact: true }).first().fill('13:00')
    await open.getByRole('button', { name: 'Add hours' }).click()
  }
  await dialog.getByRole('button', { name: 'Add a holiday' }).click()
  await dialog.getByLabel('Date').fill(new Date(clock.at('Wednesday', '12:00')).toISOString().slice(0, 10))
  await dialog.getByLabel('What is celebrated').fill('Tea day')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('09:00–13:00, 14:00–17:00').first().waitFor()
  await page.getByText('UTC · 1 holiday').waitFor()
}

/** In turns, four minutes each, then the second line, and the lead is the head. */
export async function team({ lena, url, duty }) {
  const { page } = lena
  await page.goto(`${url}/settings/teams/${duty.id}`)
  await page.getByText('In turns').click()
  await page.getByLabel('Working hours').selectOption({ label: 'Duty hours' })
  await page.getByLabel('Pass it on after', { exact: true }).fill('4')
  await page.getByLabel('Then to the team').selectOption({ label: 'Second line' })
  await page.getByLabel('Head', { exact: true }).selectOption({ label: 'Lena Head' })
  await assertAccessible(page, 'a team')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved').first().waitFor()
}

/** The first answer within half an hour of the hours; a warning after half of it. */
export async function deadlines({ lena, url }) {
  const { page } = lena
  await page.goto(`${url}/settings/sla/new`)
  await page.getByLabel('Name').fill('Half an hour')
  await page.getByLabel('First answer', { exact: true }).fill('30')
  await page.getByLabel('Which hours count').selectOption({ label: 'Duty hours' })
  await page.getByLabel('Warn after this share of the time, %').fill('50')
  const breach = page.getByRole('group', { name: 'Tell of a missed deadline' })
  await breach.getByLabel('The head of the team').check()
  await assertAccessible(page, 'a policy')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('link', { name: 'Half an hour' }).waitFor()
}
