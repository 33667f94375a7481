import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { marked, Shop, write } from '../lib/chat.mjs'
import { until } from '../lib/until.mjs'

const secret = 'only the shop and the desk know this'
const customer = { id: 'customer-17', name: 'Nina Orlova', email: 'nina@tea.example' }
/** The line that a browser writes about a signature that is refused, as it shall be. */
export const forged = /^nina: console: .*status of 422 .*\/visitors/
const hash = createHmac('sha256', secret).update(customer.id).digest('hex')

/** A customer whom the site vouches for is one contact on every device; a forged signature makes nobody. */
export async function known(story) {
  const { desk, browser, conversation } = story
  await desk.api('PATCH', `/accounts/${conversation.account_id}`, { config: { identity_secret: secret } })

  const contacts = []
  for (const text of ['Where is my order 1042?', 'Sorry, it is order 1043.']) {
    const shop = await arrive(story, hash)
    const chat = await shop.open()
    await write(chat, text)
    await marked(chat, text, 'Sent')
    await desk.row(text).waitFor()
    const { items } = await desk.api('GET', '/conversations')
    const made = items.find(({ last_message }) => last_message.text === text)
    assert.equal(made.contact_name, customer.name)
    contacts.push(made.contact_id)
    await shop.context.close()
  }
  assert.equal(contacts[0], contacts[1], 'one person, two devices, one contact')

  const earlier = browser.complaints.length
  const forger = await arrive(
    story,
    hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
  )
  await forger.page.waitForFunction(() => window.refusals.includes('identity'))
  // The browser's own line about it comes by another way, and may come later.
  await until('the refusal was told', () => browser.complaints.slice(earlier).some((one) => forged.test(one)))
  await forger.context.close()
}

/** Goes to the shop on a new device, signed in there with a hash. */
async function arrive({ browser, url }, signature) {
  const shop = new Shop(await browser.person('nina'), url)
  await shop.page.addInitScript(
    (who) => {
      window.refusals = []
      window.parley = [
        ['on', 'error', (code) => window.refusals.push(code)],
        ['identify', who],
      ]
    },
    { ...customer, hash: signature },
  )
  await shop.enter()
  return shop
}
