import assert from 'node:assert/strict'
import { until } from '../lib/until.mjs'
import { away, caughtUp, noticed, says, stays } from './truth.mjs'

/** Guests write on and on, each until the server has taken it; the page has all of them, and each once. */
export async function killed(story) {
  const { server, ann, desk } = story
  const before = (await desk.api('GET', '/conversations?limit=100')).items.length
  const names = Array.from({ length: 12 }, (_, n) => `Guest ${n}`)
  let written = 0
  const writing = (async () => {
    for (const name of names) {
      await until(`${name} is heard`, () =>
        says(story, name, `I am ${name}`).then(
          () => true,
          () => false,
        ),
      )
      written += 1
    }
  })()
  await until('some have written', () => written >= 3)
  await server.kill()
  await noticed(story)
  await server.again()
  await writing
  await caughtUp(story)
  const { items } = await desk.api('GET', '/conversations?limit=100')
  assert.ok(items.length >= before + names.length, 'nobody is missing')
  for (const name of names) await ann.row(`I am ${name}`).first().waitFor()
}

/** Another version answers from the same address: the page says so, goes on, and loses nothing when it is loaded anew. */
export async function upgraded(story) {
  const { server, ann } = story
  const words = 'We also have a winter list, with'
  await ann.composer.fill(words)
  await ann.page.route(
    (url) => url.pathname === '/',
    async (route) => {
      const answer = await route.fetch()
      const body = (await answer.text()).replace(/\/assets\/index-[\w-]+\.js/, '/assets/index-Next0000.js')
      await route.fulfill({ response: answer, body })
    },
  )
  await server.kill()
  await noticed(story)
  await server.again()
  await ann.page.getByText('Parley has been updated.').waitFor()
  await caughtUp(story)
  assert.equal(await ann.composer.inputValue(), words, 'she goes on writing')
  await ann.page.getByRole('button', { name: 'Reload' }).click()
  await ann.page.waitForFunction(() => !window.sameLife)
  await ann.composer.waitFor()
  await until('her words are there', async () => (await ann.composer.inputValue()) === words)
  await away(ann).waitFor({ state: 'detached' })
  await stays(ann)
}
