import assert from 'node:assert/strict'
import { leaves, openConversation, sendAway, storedTexts } from '../lib/people.mjs'
import { until } from '../lib/until.mjs'
import { asked } from './presence.mjs'

const rounds = 20
/** How many of them go by the pages' own buttons; the rest by what these call. */
const byHand = 1

/** Both answer the same line at the same moment: one is heard, the other told, and nobody's words are lost or doubled. */
export async function together(story) {
  const { ann, bob } = story
  const id = await asked(story, 'Igor', 'And what does it cost?')
  await openConversation(ann, id)
  await openConversation(bob, id)
  const said = ['And what does it cost?']
  for (let round = 0; round < rounds; round += 1) {
    const words = { ann: `Ann says ${round}`, bob: `Bob says ${round}` }
    const order = round < byHand ? await pressed(story, words) : await posted(story, id, words)
    said.push(...order)
  }
  assert.equal(said.length, 1 + 2 * rounds)
  assert.deepEqual(await storedTexts(ann, id), said, 'the server has every word once')
  for (const desk of [ann, bob])
    await until('both pages show the same', async () => {
      const shown = await shownOnce(desk, said)
      return JSON.stringify(shown) === JSON.stringify(said)
    })
}

/** By the API: both requests are on their way before either is answered. */
async function posted({ ann, bob }, id, words) {
  const { seq } = await ann.api('GET', `/conversations/${id}`)
  const [hers, his] = await Promise.all([post(ann, id, words.ann, seq), post(bob, id, words.bob, seq)])
  assert.deepEqual([hers.status, his.status].sort(), [201, 409], 'one of them is told')
  const [won, lost, who] = hers.status === 201 ? [words.ann, words.bob, bob] : [words.bob, words.ann, ann]
  const told = hers.status === 201 ? his : hers
  assert.deepEqual(
    told.body.messages.map((message) => message.text),
    [won],
  )
  const again = await post(who, id, lost, seq + 1)
  assert.equal(again.status, 201)
  return [won, lost]
}

function post(desk, id, text, seen) {
  return desk.page.evaluate(
    async ([address, body]) => {
      window.token ??= (await (await fetch('/api/v1/session')).json()).csrf_token
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': window.token },
        body: JSON.stringify(body),
      })
      return { status: answer.status, body: await answer.json() }
    },
    [`/api/v1/conversations/${id}/messages`, { text, seen_seq: seen, seen_pending: [] }],
  )
}

/** By hand: both press before either page has heard of the other's. */
async function pressed({ ann, bob }, words) {
  await ann.composer.fill(words.ann)
  await bob.composer.fill(words.bob)
  const release = await hold([ann, bob])
  await Promise.all([ann.composer.press('Control+Enter'), bob.composer.press('Control+Enter')])
  await release()
  const [won, lost, winner, loser] = await until('one is told', async () => {
    if ((await ann.composer.inputValue()) === words.ann) return [words.bob, words.ann, bob, ann]
    if ((await bob.composer.inputValue()) === words.bob) return [words.ann, words.bob, ann, bob]
  })
  await loser.page.getByRole('button', { name: 'I have seen it' }).click()
  await leaves(winner, won)
  await sendAway(loser, lost)
  await winner
    .delivery(lost)
    .filter({ hasText: /Sent|Delivered|Read/ })
    .waitFor()
  return [won, lost]
}

/** Keeps what pages post until all of them have posted; the function that it gives waits for that. */
export async function hold(desks, fits = (request) => request.method() === 'POST') {
  const address = /\/api\/v1\/conversations\/\d+(\/messages)?$/
  const held = []
  const take = (route) => (fits(route.request()) ? void held.push(route) : route.continue())
  for (const { page } of desks) await page.route(address, take)
  return async () => {
    await until('all have pressed', () => held.length >= desks.length)
    await Promise.all(held.map((route) => route.continue()))
    for (const { page } of desks) await page.unroute(address, take)
  }
}

/** Which of the texts a page shows, in its order, however often. */
function shownOnce(desk, texts) {
  return desk.page.getByTestId('message').evaluateAll(
    (nodes, known) =>
      nodes.flatMap((node) => {
        const lines = node.innerText.split('\n')
        return known.filter((text) => lines.includes(text))
      }),
    texts,
  )
}
