import assert from 'node:assert/strict'
import { openConversation, password } from '../lib/people.mjs'
import { asked } from './presence.mjs'

/** A note names a colleague by keys alone; he finds it among his mentions, live. Who may not see it is not named in silence. */
export async function mentioned(story) {
  const { ann, bob, desk } = story
  const id = await asked(story, 'Nina', 'Can I come to taste?')
  const access = { conversations: 'own', account_ids: [] }
  await desk.api('POST', '/agents', {
    name: 'Cid Third',
    role: 'agent',
    email: 'cid@tea.example',
    password,
    access,
  })
  await bob.page.getByRole('navigation').getByRole('link', { name: 'Mentions' }).click()
  await bob.page.getByText('Nobody has named you in a note yet').waitFor()

  await openConversation(ann, id)
  await ann.page.keyboard.press('r')
  await ann.composer.pressSequentially('@bo')
  assert.equal(await ann.page.getByTestId('mention-panel').count(), 0, 'an answer names nobody')
  await ann.composer.fill('')
  await ann.page.keyboard.press('Escape')
  await ann.page.keyboard.press('n')
  await ann.composer.pressSequentially('Ask @sec')
  await ann.page.getByTestId('mention-panel').getByRole('option', { name: 'Bob Second' }).waitFor()
  await ann.composer.press('Enter')
  await ann.composer.pressSequentially('or @ci')
  await ann.page
    .getByRole('option', { name: 'Cid Third' })
    .getByText('cannot see this conversation')
    .waitFor()
  await ann.composer.press('Enter')
  await ann.page.getByText('will not be told: Cid Third').waitFor()
  assert.equal(await ann.composer.inputValue(), 'Ask @Bob Second or @Cid Third ')
  await ann.composer.press('Control+Enter')
  await ann.page.getByTestId('mention').filter({ hasText: '@Bob Second' }).waitFor()

  await bob.row('Can I come to taste?').waitFor()
  const { items } = await bob.api('GET', '/conversations?mentioned=true')
  assert.deepEqual(
    items.map((one) => one.id),
    [id],
  )
  await bob.openRow('Can I come to taste?')
  await bob.page.getByTestId('mention').filter({ hasText: '@Bob Second' }).waitFor()
}

/** What is shared with all stands on every open page at once; what is one's own does not. */
export async function shared({ bob, desk }) {
  const conditions = { all: [] }
  await desk.api('POST', '/views', { name: 'Only mine', scope: 'mine', conditions })
  const { id } = await desk.api('POST', '/views', { name: 'Tasting list', scope: 'all', conditions })
  const links = bob.page.getByRole('navigation')
  await links.getByRole('link', { name: 'Tasting list' }).waitFor()
  assert.equal(await links.getByRole('link', { name: 'Only mine' }).count(), 0)
  await desk.api('DELETE', `/views/${id}`)
  await links.getByRole('link', { name: 'Tasting list' }).waitFor({ state: 'detached' })
}
