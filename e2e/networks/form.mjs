import assert from 'node:assert/strict'
import { assertAccessible } from '../lib/axe.mjs'
import { connected, enter, openConnect } from '../lib/channel.mjs'
import { openSite } from '../lib/site.mjs'

/** A form is connected in the browser, pasted into a strict site, filled in wrongly and then well, and arrives once. */
export async function form(story) {
  const { desk, browser, url } = story
  const dialog = await openConnect(desk, 'Site form')
  await enter(dialog, { Name: 'Questions', Language: 'English' })
  const card = await connected(desk, dialog, 'Questions')
  await card.getByRole('button', { name: 'Put it on a site' }).click()
  const snippet = await card.getByLabel('Code for the page').inputValue()
  assert.match(await card.getByLabel(/plain HTML/).inputValue(), /name="website"/)

  // Without a public address the code names the path alone.
  const site = await openSite(snippet.replace('src="/', `src="${url}/`), url)
  try {
    const visitor = await browser.person('visitor')
    const { page: shop } = visitor
    await shop.goto(`${site.url}/?utm_source=ads`)
    await shop.getByLabel('Name').fill('Anna')
    await shop.getByLabel('Phone').fill('call me')
    await shop.getByLabel('Message').fill('Do you have green tea?')
    await shop.getByRole('button', { name: 'Send' }).click()
    await shop.getByText('Enter a number like').waitFor()
    await assertAccessible(shop, 'a form with a mistake')
    await shop.getByLabel('Phone').fill('+7 900 123-45-67')
    await shop.getByRole('button', { name: 'Send' }).dblclick()
    await shop.getByText('Thank you!').waitFor()
    await visitor.context.close()
  } finally {
    site.close()
  }
}

/** The agent reads everything that was filled in, is told that it cannot be answered here, and writes a note. */
export async function unanswerable({ desk, url }) {
  const { page } = desk
  await page.goto(`${url}/inbox?view=all`)
  await desk.row('Anna').first().click()
  await page.getByText('Do you have green tea?').first().waitFor()
  await desk.message('Phone: +7 900 123-45-67').waitFor()
  await page.getByTestId('composer-unanswerable').waitFor()
  assert.equal(await page.getByTestId('composer-send').isDisabled(), true)
  await assertAccessible(page, 'a conversation that cannot be answered')
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await desk.composer.fill('Called her back')
  await desk.composer.press('Control+Enter')
  await desk.message('Called her back').waitFor()
  assert.equal(await desk.row('Anna').count(), 1, 'pressed twice, written once')
  const leads = await desk.api('GET', '/leads')
  assert.equal(leads.items.filter((lead) => lead.utm.utm_source === 'ads').length, 1)
}
