import assert from 'node:assert/strict'
import { guest } from '../lib/chat.mjs'
import { openLine } from '../lib/line.mjs'
import { hire, openConversation, signIn } from '../lib/people.mjs'
import { until } from '../lib/until.mjs'

/** Ann looks at one conversation by a line of her own; the administrator sees the server as it is. */
export async function begin(story) {
  const { desk } = story
  story.people = await hire(desk, ['Ann First'])
  const { items } = await desk.api('GET', '/accounts')
  story.chat = items.find((one) => one.kind === 'webchat').id
  await says(story, 'Vera', 'Do you post to islands?')
  const { items: first } = await desk.api('GET', '/conversations')
  story.id = first[0].id

  story.line = await openLine(story.url)
  const person = await story.browser.person('ann')
  await person.page.clock.install()
  story.ann = await signIn({ ...story, url: story.line.url }, 'ann', person)
  await openConversation(story.ann, story.id)
  await stays(story.ann)
  await caughtUp(story)
}

/** A guest of the shop writes. */
export const says = (story, name, ...texts) => guest(story.url, story.chat, { name }, texts)

/** From here on the page must not be loaded anew. */
export const stays = (desk) =>
  desk.page.evaluate(() => {
    window.sameLife = true
  })

/** The line that says that live news do not come. */
export const away = (desk) => desk.page.getByText('Reconnecting…')

/** The page has noticed that it is alone, and has no reason yet to say anything else. */
export async function noticed({ ann }) {
  await ann.page.clock.fastForward(3_000)
  await away(ann).waitFor()
}

/** What the page shows is what the server has: the list in its order, the thread, the numbers and the draft; and it was never reloaded. */
export async function caughtUp(story, desk = story.ann) {
  // It tries more and more seldom; her clock need not wait for that.
  await until('live news come', async () => {
    if ((await away(desk).count()) === 0) return true
    await desk.page.clock.fastForward(500)
  })
  let seen
  let truth
  await until('the page shows what there is', async () => {
    ;[seen, truth] = [await shown(desk), await stored(story, desk)]
    // Of a list that is longer than the screen the page draws the beginning, and says how long it is.
    truth.list = truth.list.slice(0, seen.list.length)
    return JSON.stringify(seen) === JSON.stringify(truth)
  }).catch(() => assert.deepEqual(seen, truth))
  assert.ok(await desk.page.evaluate(() => window.sameLife), 'the page was not loaded anew')
}

async function shown({ page, composer }) {
  return {
    list: await page.getByTestId('conversation-row').evaluateAll((rows) => rows.map((row) => row.dataset.id)),
    length: await page.evaluate(() => Number(document.querySelector('li[aria-setsize]')?.ariaSetSize)),
    thread: await page.getByTestId('message').evaluateAll((all) => all.map((one) => one.dataset.seq ?? '')),
    draft: await composer.inputValue(),
  }
}

async function stored({ desk, id }, own) {
  const { items } = await desk.api('GET', '/conversations?status=open,pending&limit=50')
  const thread = await desk.api('GET', `/conversations/${id}/messages?last=true`)
  const { text } = await own.api('GET', `/conversations/${id}/draft`)
  return {
    list: items.map((one) => one.id),
    length: items.length,
    thread: [...thread.items, ...thread.pending].map((one) => String(one.seq ?? '')),
    draft: text,
  }
}

/** How often the server has a text. */
export async function times({ desk, id }, text) {
  const { items, pending } = await desk.api('GET', `/conversations/${id}/messages?last=true&limit=100`)
  return [...items, ...pending].filter((message) => message.text === text).length
}
