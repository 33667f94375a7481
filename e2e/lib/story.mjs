import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstRun } from '../chapters/first-run.mjs'
import { openBrowser } from './browser.mjs'
import { startServer } from './server.mjs'

/**
 * Tells a story in order: a fresh program, the first person who sets it up, and then the chapters, each of which goes on
 * where the one before it ended. A chapter is a name and a function of the story: `{ server, browser, url, desk }`, what
 * `more` holds, and what earlier chapters left there. The story fails as well when a page complained of anything
 * that none of `forgiven` fits.
 *
 * `name` is what pictures of a failure are called after; `settings` is as startServer takes it.
 */
export function tell(title, chapters, { name, settings, more = {}, forgiven = [] }) {
  test(title, async (t) => {
    const server = await startServer(settings)
    const browser = await openBrowser()
    const story = { ...more, server, browser, url: server.url }
    let broken = false
    try {
      for (const [what, chapter] of [['the first person sets the program up', firstRun], ...chapters])
        await t.test(what, { skip: broken && 'the story broke off' }, async (step) => {
          try {
            await chapter(story, step)
          } catch (error) {
            broken = true
            await browser.keep('failures', `${name}-${what.replace(/\W+/g, '-')}`)
            step.diagnostic(`last words of the server:\n${server.log()}`)
            for (const complaint of browser.complaints) step.diagnostic(complaint)
            throw error
          }
        })
      await t.test('no page complained', { skip: broken && 'told above' }, () => {
        const left = browser.complaints.filter((one) => !forgiven.some((form) => form.test(one)))
        assert.deepEqual(left, [])
      })
    } finally {
      await browser.close()
      await server.stop()
    }
  })
}
