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
 * `name` is what pictures of a failure are called after; `settings` and `fill` are as startServer takes them; `begin` is told in
 * place of the first person's chapter.
 */
export function tell(
  title,
  chapters,
  {
    name,
    settings,
    fill,
    begin = ['the first person sets the program up', firstRun],
    more = {},
    forgiven = [],
  },
) {
  test(title, async (t) => {
    const server = await startServer(settings, fill)
    const browser = await openBrowser()
    const story = { ...more, server, browser, url: server.url }
    let broken = false
    try {
      for (const [what, chapter] of [begin, ...chapters])
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
