import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { until } from '../lib/until.mjs'
import { signIn } from './setup.mjs'
import { client } from './written.mjs'

/** Ann wants no sound of deadlines, and peace at night; her browser, which has no push service, gets one. */
export async function wishes(story) {
  story.ann = await signIn(story, 'ann')
  const { page } = story.ann
  await page.goto(`${story.url}/settings/notifications`)
  await page.getByLabel('Sound: A deadline comes near').uncheck()
  await page.getByLabel(/Nothing sounds or pushes/).check()
  await page.getByLabel('From', { exact: true }).fill('21:00')
  await page.getByLabel('Time zone').fill('UTC')
  await page.getByLabel('Time zone').blur()
  await until('it is saved', async () => {
    const { quiet, ways } = await story.ann.api('GET', '/notifications/settings')
    return quiet.on && quiet.from === '21:00' && quiet.zone === 'UTC' && !ways.warning.includes('sound')
  })
  await assertAccessible(page, 'notifications')
  await story.ann.api('POST', '/notifications/browsers', story.push.subscription())
}

/** Her page is behind another: its title and icon tell, and her browser; what was written stays in the house. */
export async function alerted(story) {
  const { ann, people, lena, push } = story
  const { page } = ann
  // What happens before the page listens is no news to it.
  const listens = page.waitForResponse((answer) => /\/events(\?|$)/.test(answer.url()))
  await page.goto(`${story.url}/inbox`)
  await listens
  await page.evaluate(() => {
    document.hasFocus = () => false
    dispatchEvent(new Event('blur'))
  })
  const { id } = await client(story, 'Vera', 'My card number is 4000 0000')
  await lena.api('PATCH', `/conversations/${id}`, { assignee_id: people.ann.id })
  await page.waitForFunction(() => /^● \d+ new/.test(document.title))
  await page.locator('link[rel=icon][href*=favicon-new]').waitFor({ state: 'attached' })
  const shown = await push.shown((one) => one.path === `/inbox/${id}`)
  assert.match(shown.title, /^Handed over to you · \d+$/)
  assert.ok(!JSON.stringify(shown).includes('4000'), 'nothing is quoted')
  const { key } = await ann.api('GET', '/notifications/push-key')
  assert.equal(push.unsigned(key), 0)

  await page.evaluate(() => {
    document.hasFocus = () => true
    dispatchEvent(new Event('focus'))
  })
  await page.waitForFunction(() => !document.title.startsWith('●'))
  await lena.api('PATCH', `/conversations/${id}`, { status: 'closed' })
}

/** What the push service hands on is shown by the worker of the page, and leads to the conversation. */
export async function shown({ ann, url }) {
  const { page, context } = ann
  await context.grantPermissions(['notifications'], { origin: url })
  await page.evaluate(() =>
    navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready),
  )
  const wire = await context.newCDPSession(page)
  const worker = new Promise((done) => {
    wire.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const one = registrations.find(({ scopeURL }) => scopeURL.startsWith(url))
      if (one) done(one.registrationId)
    })
  })
  await wire.send('ServiceWorker.enable')
  const data = { title: 'New message · 7', path: '/inbox/7', tag: 'trial' }
  const registrationId = await worker
  let handedOn = 0
  const title = await until('the notification is shown', async () => {
    // A worker that is still being put to work misses what comes; a push service would come again.
    if (Date.now() - handedOn > 2_000) {
      handedOn = Date.now()
      await wire.send('ServiceWorker.deliverPushMessage', {
        origin: url,
        registrationId,
        data: JSON.stringify(data),
      })
    }
    return page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready
      const [one] = await (await navigator.serviceWorker.getRegistration()).getNotifications()
      return active && one?.data.path === '/inbox/7' && one.title
    })
  })
  assert.equal(title, data.title)
}
