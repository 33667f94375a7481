import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstRun } from './chapters/first-run.mjs'
import { openBrowser } from './lib/browser.mjs'
import { openPost } from './lib/post.mjs'
import { startServer } from './lib/server.mjs'
import { answerAll } from './mail/answer-all.mjs'
import { bounce } from './mail/bounce.mjs'
import { connect } from './mail/connect.mjs'
import { forward } from './mail/forward.mjs'
import { pictures } from './mail/pictures.mjs'
import { receive } from './mail/receive.mjs'
import { sign } from './mail/sign.mjs'
import { threaded } from './mail/threaded.mjs'

/** The story of a mailbox, in order: each chapter goes on where the one before it ended. */
const chapters = [
  ['the first person sets the program up', firstRun],
  ['a mailbox is connected step by step', connect],
  ['a mail with a look, a picture and a file comes in and runs nothing', receive],
  ['an agent writes a signature', sign],
  ['an agent answers to all', answerAll],
  ['the answer to the answer stands below it', threaded],
  ['a mail is forwarded with its files', forward],
  ['a mail that comes back says so where it was written', bounce],
  ['pictures of it', pictures],
]

test('the story of a mailbox', async (t) => {
  const post = openPost(process.env.POST_OFFICE)
  // Mail servers of this machine are no public ones; an operator names them to be reached.
  const server = await startServer({ PARLEY_EGRESS_ALLOW: '127.0.0.1/32' })
  const browser = await openBrowser()
  const story = { server, browser, post, url: server.url }
  let broken = false
  try {
    for (const [name, chapter] of chapters)
      await t.test(name, { skip: broken && 'the story broke off' }, async (step) => {
        try {
          await chapter(story, step)
        } catch (error) {
          broken = true
          await browser.keep('failures', `mail-${chapter.name}`)
          step.diagnostic(`last words of the server:\n${server.log()}`)
          for (const complaint of browser.complaints) step.diagnostic(complaint)
          throw error
        }
      })
    await t.test('no page complained', { skip: broken && 'told above' }, () =>
      assert.deepEqual(browser.complaints, []),
    )
  } finally {
    await browser.close()
    await server.stop()
  }
})
