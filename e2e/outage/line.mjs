import assert from 'node:assert/strict'
import { until } from '../lib/until.mjs'
import { caughtUp, noticed, says, times } from './truth.mjs'

const whileOff = 'To all of them, by ferry.'

/** What is written without a network waits and is sent once; what happened meanwhile is there when it is back. */
export async function offline(story) {
  const { ann } = story
  await ann.context.setOffline(true)
  await noticed(story)
  await ann.send(whileOff)
  await ann.delivery(whileOff).filter({ hasText: 'Waiting for the connection' }).waitFor()
  await ann.composer.fill('And the postage is')
  await says(story, 'Igor', 'Do you have white tea?')
  await says(story, 'Olga', 'And black?', 'And green?')
  await ann.context.setOffline(false)
  await ann.message(whileOff).filter({ hasNotText: 'Waiting for the connection' }).waitFor()
  await until('it is stored', async () => (await times(story, whileOff)) > 0)
  await caughtUp(story)
  assert.equal(await times(story, whileOff), 1)
  assert.equal(await ann.message(whileOff).count(), 1)
}

const whileHanging = 'the same as on land.'

/** Nothing errs at first: the page finds out by the silence, and what hangs is sent once all the same. */
export async function frozen(story) {
  const { ann, line } = story
  line.freeze()
  await ann.send(whileHanging)
  await ann.delivery(whileHanging).filter({ hasText: 'Sending' }).waitFor()
  await says(story, 'Egor', 'Are you open on Sunday?')
  await ann.page.clock.fastForward(41_000)
  await noticed(story)
  line.drop()
  line.thaw()
  await until('it is stored', async () => (await times(story, whileHanging)) > 0)
  await caughtUp(story)
  assert.equal(await times(story, whileHanging), 1)
}

const answered = 'Shall I send you the list?'

/** The answer to the post gets lost twice after the server has stored it; it is there once. */
export async function answerLost(story) {
  const { ann } = story
  const address = /\/conversations\/\d+\/messages$/
  let lost = 0
  await ann.page.route(address, async (route) => {
    if (route.request().method() !== 'POST' || lost >= 2) return route.continue()
    lost += 1
    await route.fetch()
    await route.abort('connectionreset')
  })
  await ann.send(answered)
  await until('its answer was lost', () => lost > 0)
  await ann.page.clock.fastForward(16_000)
  await until('it was posted again', () => lost > 1)
  await ann.page.clock.fastForward(16_000)
  await caughtUp(story)
  await ann.page.unroute(address)
  assert.equal(await times(story, answered), 1)
  assert.equal(await ann.message(answered).count(), 1)
}
