import assert from 'node:assert/strict'
import { wordsOf } from '../lib/words.mjs'

/** The profile offers the language by its own name; the page turns around at once and stays so after a reload. */
export async function switched(story) {
  const { page } = story.desk
  const say = await wordsOf('ar')
  await page.goto(`${story.url}/settings/profile`)
  await page.getByLabel('Language').selectOption({ label: 'العربية' })
  await page.locator('html[dir=rtl][lang=ar]').waitFor()
  await page.getByRole('heading', { name: say('settings.profile') }).waitFor()
  await page.reload()
  await page.locator('html[dir=rtl][lang=ar]').waitFor()

  const nav = await page.getByRole('navigation', { name: say('nav.label') }).boundingBox()
  assert.ok(nav.x > page.viewportSize().width / 2, 'the navigation stands at the right')
  assert.equal((await story.desk.api('GET', '/session')).agent.language, 'ar')

  // What the server says is Arabic too.
  const answer = await page.evaluate(async () => {
    const { csrf_token } = await (await fetch('/api/v1/session')).json()
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf_token }
    return (await fetch('/api/v1/labels', { method: 'POST', headers, body: '{"name":"","color":""}' })).json()
  })
  assert.match(JSON.stringify(answer), /\p{Script=Arabic}/u)
}
