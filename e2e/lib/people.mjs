import { Desk } from './desk.mjs'

export const password = 'kettle on the porch'

/** Adds agents by their first names, who see everything: `{ ann: { id, name, … } }`. */
export async function hire(desk, names) {
  const people = {}
  for (const name of names) {
    const who = name.toLowerCase().split(' ')[0]
    const body = { name, role: 'agent', email: `${who}@tea.example`, password, language: 'en' }
    people[who] = await desk.api('POST', '/agents', body)
  }
  return people
}

/** Signs somebody in at a computer of their own, or at the one given, and gives what they see. */
export async function signIn(story, who, person) {
  const at = person ?? (await story.browser.person(who))
  await at.page.goto(`${story.url}/sign-in`)
  await at.page.getByLabel('Email').fill(`${who}@tea.example`)
  await at.page.getByLabel('Password').fill(password)
  await at.page.getByRole('button', { name: 'Sign in' }).click()
  await at.page.waitForURL('**/inbox')
  return new Desk(at, story.url)
}

/** Opens a conversation by its address; it can be written in when this returns. */
export async function openConversation(desk, id) {
  await desk.page.goto(`${desk.url}/inbox/${id}?view=all`)
  await desk.composer.waitFor()
  // Who answers has read: to what came before one had seen it an answer is refused.
  await desk.page.getByTestId('message').first().waitFor()
}

/** The texts of a conversation as a page shows them, in order. */
export function shownTexts(desk) {
  return desk.page.getByTestId('message').locator('[dir=auto]').allInnerTexts()
}

/** The same as the server has them. */
export async function storedTexts(desk, id) {
  const { items } = await desk.api('GET', `/conversations/${id}/messages?last=true&limit=100`)
  return items.map((message) => message.text)
}

/** Writes an answer and has it leave at once; on a slow machine it may have left by itself. */
export async function sendAway(desk, text) {
  await desk.send(text)
  await leaves(desk, text)
}

/** Has an answer leave at once that can still be taken back, and waits until it has. */
export async function leaves(desk, text) {
  const away = desk.delivery(text).filter({ hasText: /Sent|Delivered|Read/ })
  const now = desk.message(text).getByRole('button', { name: 'Send now' })
  await away.or(now).first().waitFor()
  if (await now.count()) await now.click({ timeout: 3_000 }).catch(() => {})
  await away.waitFor()
}
