import assert from 'node:assert/strict'
import { admin } from '../chapters/first-run.mjs'
import { Desk } from '../lib/desk.mjs'
import { startServer } from '../lib/server.mjs'
import { wordsOf } from '../lib/words.mjs'
import { deskTable } from './desk-table.mjs'
import { gateTable } from './gate-table.mjs'
import { lookAt, shoot } from './look.mjs'
import { settingsTable } from './settings-table.mjs'

/** A browser that spares us movement: half-way through it every colour is wrong. */
const calm = { reducedMotion: 'reduce' }

/** Pictures are for people who look at them; then every language has its own. */
const languages = process.env.E2E_LOOKS ? ['en', 'ru', 'ar'] : []

/** Looks at every line; one run is to tell everything that is wrong. */
async function lookAtAll(page, story, lines, say) {
  const wrong = []
  for (const line of lines)
    await lookAt(page, story, line, say).catch((error) => wrong.push(`${line[0]}: ${error.message}`))
  assert.equal(wrong.length, 0, wrong.join('\n\n'))
}

/** Looks at every line of a table as somebody who is signed in, and takes pictures where they are asked for. */
async function visit({ page, api }, story, lines) {
  const say = await wordsOf('en')
  await lookAtAll(page, story, lines, say)
  const me = (await api('GET', '/session')).agent.id
  const untaken = []
  for (const language of languages) {
    await api('PATCH', `/agents/${me}`, { language })
    const words = await wordsOf(language)
    for (const line of lines)
      await shoot(page, story, line, words, language).catch((error) =>
        untaken.push(`${line[0]} (${language}): ${error.message}`),
      )
  }
  if (languages.length) await api('PATCH', `/agents/${me}`, { language: 'en' })
  assert.equal(untaken.length, 0, untaken.join('\n\n'))
}

/** Signs the administrator in at a computer of their own. */
async function enter(story, who) {
  const person = await story.browser.person(who, calm)
  const { page } = person
  await page.goto(`${story.url}/sign-in`)
  await page.getByLabel('Email').fill(admin.email)
  await page.getByLabel('Password').fill(admin.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/inbox')
  const at = new Desk(person, story.url)
  return { page, context: person.context, api: (...request) => at.api(...request) }
}

/** The inbox, conversations, people, boards. */
export async function desk(story) {
  await visit(await enter(story, 'visitor'), story, deskTable)
}

/** Everything behind the wheel. */
export async function settings(story) {
  await visit(await enter(story, 'visitor'), story, settingsTable)
}

/** Signing in, invitations, forgotten passwords. */
export async function gate(story) {
  const guest = { name: 'Marta', email: 'marta@tea.example', role: 'agent', team_ids: [] }
  const { url } = await story.api('POST', '/invitations', guest)
  story.invitation = new URL(url, story.url).hash.slice(1)
  const { page, context } = await story.browser.person('stranger', calm)
  const say = await wordsOf('en')
  const lines = gateTable.filter(([, path]) => path !== '/setup')
  await lookAtAll(page, story, lines, say)
  await context.close()
}

/** A program that was only just started: everything that is empty says what would be there. */
export async function empty(story) {
  const server = await startServer()
  try {
    const fresh = { ...story, url: server.url }
    const { page } = await story.browser.person('newcomer', calm)
    const say = await wordsOf('en')
    const first = gateTable.filter(([, path]) => path === '/setup')
    await lookAtAll(page, fresh, first, say)
    const made = await fetch(`${server.url}/api/v1/setup`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...admin, language: 'en' }),
    })
    if (!made.ok) throw new Error(`the first person: ${made.status}`)
    const bare = [...deskTable, ...settingsTable].filter(
      ([, path, steps]) => typeof path === 'string' && !steps,
    )
    const newcomer = await enter(fresh, 'first')
    await visit(
      newcomer,
      fresh,
      [['inbox', '/inbox'], ...bare].map(([name, path]) => [`empty-${name}`, path]),
    )
    await newcomer.context.close()
  } finally {
    await server.stop()
  }
}
