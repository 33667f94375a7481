import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstRun } from './chapters/first-run.mjs'
import { openBrowser } from './lib/browser.mjs'
import { openGateway } from './lib/gateway.mjs'
import { startServer } from './lib/server.mjs'
import { form, unanswerable } from './small/form.mjs'
import { sms } from './small/sms.mjs'

/** The story of the small networks, in order: each chapter goes on where the one before it ended. */
const chapters = [
  ['the first person sets the program up', firstRun],
  ['a form is connected, pasted into a site and filled in', form],
  ['what was filled in is read and cannot be answered', unanswerable],
  ['text messages come and go through a gateway', sms],
]

test('the story of the small networks', async (t) => {
  const gateway = await openGateway()
  const server = await startServer({ PARLEY_EGRESS_ALLOW: '127.0.0.1/32' })
  const browser = await openBrowser()
  const story = { server, browser, gateway, url: server.url }
  let broken = false
  try {
    for (const [name, chapter] of chapters)
      await t.test(name, { skip: broken && 'the story broke off' }, async (step) => {
        try {
          await chapter(story, step)
        } catch (error) {
          broken = true
          await browser.keep('failures', `small-${chapter.name}`)
          step.diagnostic(`last words of the server:\n${server.log()}`)
          for (const complaint of browser.complaints) step.diagnostic(complaint)
          throw error
        }
      })
    await t.test('no page complained', { skip: broken && 'told above' }, () =>
      assert.deepEqual(
        // Browsers write a line into the console when a form is refused, as it shall be.
        browser.complaints.filter((one) => !/status of 422/.test(one)),
        [],
      ),
    )
  } finally {
    await browser.close()
    await server.stop()
    gateway.close()
  }
})
