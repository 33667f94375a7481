import { until } from '../lib/until.mjs'
import { exactly, within } from './figures.mjs'
import { CONVERSATIONS, MESSAGES } from './ground.mjs'

/** The seqs of the first and the last message that is drawn. */
const drawn = (page) =>
  page.evaluate(() => {
    const all = document.querySelectorAll('[role=log] [data-testid=message]')
    return {
      first: Number(all[0]?.dataset.seq),
      last: Number(all[all.length - 1]?.dataset.seq),
      many: all.length,
    }
  })

/** 4, in one conversation: ten thousand messages are opened, walked to the first, and jumped into; what is read stays put. */
export async function longTalk(story) {
  const { desk, api } = story
  const { page, url } = desk
  const { items } = await api('GET', `/conversations?q=${CONVERSATIONS + 1}`)
  const [conversation] = items
  exactly(4, 'messages of the long conversation', conversation.seq, MESSAGES)
  await page.goto(`${url}/inbox/${conversation.id}?view=all&status=any`)
  await page.locator(`[data-testid=message][data-seq="${MESSAGES}"]`).waitFor()
  let most = 0

  // A search hit in the middle, as the address names it.
  const hit = MESSAGES / 2
  await page.goto(`${url}/inbox/${conversation.id}?view=all&status=any&message=${hit}`)
  const found = page.locator(`[data-testid=message][data-seq="${hit}"]`)
  await page.locator(`[data-seq="${hit}"][data-found]`).waitFor()
  await until('the hit is in sight', () =>
    found.evaluate((node) => {
      const { top, bottom } = node.getBoundingClientRect()
      return top > 0 && bottom < innerHeight
    }),
  )
  most = Math.max(most, (await drawn(page)).many)

  // Somebody answers meanwhile: what is read stays where it is.
  const place = () => found.evaluate((node) => Math.round(node.getBoundingClientRect().top))
  const before = await place()
  const arrival = api('POST', `/conversations/${conversation.id}/messages`, {
    kind: 'note',
    text: 'A note at the end',
  })
  await page.getByRole('button', { name: /1 new/ }).waitFor()
  await arrival
  exactly(4, 'pixels that old messages moved when one arrived', (await place()) - before, 0)

  // To the very first, a screen at a time, from where another hit lies near it.
  await page.goto(`${url}/inbox/${conversation.id}?view=all&status=any&message=300`)
  await page.locator('[data-seq="300"][data-found]').waitFor()
  const log = page.getByRole('log')
  await until(
    'the first message is drawn',
    async () => {
      await log.evaluate((node) => {
        node.scrollTop = Math.max(1, node.scrollTop - 4 * node.clientHeight)
      })
      const now = await drawn(page)
      most = Math.max(most, now.many)
      return now.first === 1
    },
    120_000,
  )
  within(4, 'message nodes at most', most, 200, 'nodes')

  // And back to the end, where another has come.
  await api('POST', `/conversations/${conversation.id}/messages`, {
    kind: 'note',
    text: 'Another at the end',
  })
  await page.getByRole('button', { name: /1 new/ }).click()
  await desk.message('Another at the end').waitFor()
  exactly(4, 'the last message is drawn after the jump back', (await drawn(page)).last, MESSAGES + 2)
}
