import assert from 'node:assert/strict'
import { apiOf } from '../lib/api.mjs'
import { password, signIn } from '../lib/people.mjs'

export const CONVERSATIONS = 100_000
export const MESSAGES = 10_000

const people = {
  maria: { name: 'Maria Petrova', language: 'en' },
  anna: { name: 'Anna Smirnova', language: 'en' },
  ruslan: { name: 'Руслан Белов', language: 'ru' },
  amal: { name: 'أمل حداد', language: 'ar' },
}
const account = (who) => ({ ...people[who], email: `${who}@tea.example`, password })

/** Fills a data folder: a hundred thousand conversations, and one of ten thousand messages. */
export async function fill(parley) {
  await parley('load', 'seed', '--conversations', String(CONVERSATIONS), '--messages', String(CONVERSATIONS))
  await parley('load', 'seed', '--conversations', '1', '--messages', String(MESSAGES))
}

/** Everybody who works here is made; the first of them sits at the desk. */
export async function begin(story) {
  const made = await fetch(`${story.url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(account('maria')),
  })
  assert.equal(made.status, 201)
  story.api = await apiOf(story.url, account('maria'))
  for (const who of ['anna', 'ruslan', 'amal'])
    await story.api('POST', '/agents', { ...account(who), role: 'admin' })
  story.apiOfAnna = await apiOf(story.url, account('anna'))
  const { items } = await story.api('GET', '/accounts')
  story.account = items.find(({ kind }) => kind === 'webchat').id
  story.desk = await signIn(story, 'maria')
}

/** A list with every conversation there is, at its full length. */
export async function openAll({ page, url }, query = '?view=all&status=any') {
  await page.goto(`${url}/inbox${query}`)
  await page.getByTestId('conversation-row').first().waitFor()
  await page.waitForFunction(
    (least) => Number(document.querySelector('li[aria-setsize]')?.ariaSetSize) >= least,
    query.includes('any') ? CONVERSATIONS : 1_000,
  )
}

/** A visitor of the site, through the API that the chat itself uses. */
export async function visitor({ url, account: site }, name) {
  const call = async (path, body, token) => {
    const answer = await fetch(`${url}/chat/${site}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`)
    return answer.json()
  }
  const { token } = await call('/visitors', { name })
  return {
    /** The texts of the chat as the visitor gets them. */
    texts: async () => (await call('/messages', null, token)).items.map(({ text }) => text),
    /** Writes, and gives the moment at which that was begun. */
    write: async (text) => {
      const at = Date.now()
      await call('/messages', { client_id: crypto.randomUUID(), text, attachments: [] }, token)
      return at
    },
  }
}

/** A conversation that somebody has just begun with some words. */
export async function talk(story, name, text) {
  const guest = await visitor(story, name)
  await guest.write(text)
  const { items } = await story.api('GET', '/conversations?status=open')
  return { guest, conversation: items.find(({ last_message }) => last_message.text === text) }
}
