import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answer } from './chapters/answer.mjs'
import { colleague } from './chapters/colleague.mjs'
import { draft } from './chapters/draft.mjs'
import { files } from './chapters/files.mjs'
import { firstRun } from './chapters/first-run.mjs'
import { known } from './chapters/known.mjs'
import { offline } from './chapters/offline.mjs'
import { pictures } from './chapters/pictures.mjs'
import { speed } from './chapters/speed.mjs'
import { undo } from './chapters/undo.mjs'
import { visitor } from './chapters/visitor.mjs'
import { openBrowser } from './lib/browser.mjs'
import { startServer } from './lib/server.mjs'

/** The newcomer's story, in order: each chapter goes on where the one before it ended. */
const chapters = [
  ['the first person sets the program up', firstRun],
  ['a visitor writes, and it stands in the inbox with a lead and a numbered request', visitor],
  ['a message is in the inbox within a tenth of a second', speed],
  ['an agent answers: marks and typing go both ways', answer],
  ['files go both ways', files],
  ['an answer taken back is never sent', undo],
  ['a draft survives a reload', draft],
  ['what a visitor writes without a network arrives once', offline],
  ['a customer the site vouches for is one contact on every device', known],
  ['a colleague joins by a link and sees only what they may', colleague],
  ['the pictures of the README', pictures],
]

test('the newcomer’s story', async (t) => {
  const server = await startServer()
  const browser = await openBrowser()
  const story = { server, browser, url: server.url }
  let broken = false
  try {
    for (const [name, chapter] of chapters)
      await t.test(name, { skip: broken && 'the story broke off' }, async (step) => {
        try {
          await chapter(story, step)
        } catch (error) {
          broken = true
          await browser.keep('failures', chapter.name)
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
