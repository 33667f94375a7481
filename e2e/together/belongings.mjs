import assert from 'node:assert/strict'
import { until } from '../lib/until.mjs'
import { hold } from './race.mjs'

const rounds = 20
const byHand = 1

/** Both take it at the same moment: exactly one has it, both pages agree, and the other is told who. */
export async function taken(story) {
  const { ann, bob, id, people, desk } = story
  for (const who of [ann, bob]) {
    await who.page.goto(`${story.url}/inbox/${id}?view=all`)
    await who.composer.waitFor()
  }
  for (let round = 0; round < rounds; round += 1) {
    await desk.api('PATCH', `/conversations/${id}`, { assignee_id: null })
    if (round < byHand) {
      await byPicker(story)
      continue
    }
    const [hers, his] = await Promise.all([take(ann, id, people.ann.id), take(bob, id, people.bob.id)])
    assert.deepEqual([hers, his].sort(), [200, 409])
    const { assignee_id } = await desk.api('GET', `/conversations/${id}`)
    assert.equal(assignee_id, hers === 200 ? people.ann.id : people.bob.id)
  }
  const { assignee_id } = await desk.api('GET', `/conversations/${id}`)
  const name = Object.values(people).find((one) => one.id === assignee_id).name
  for (const who of [ann, bob]) await held(who).filter({ hasText: name }).waitFor()
}

const held = (who) => who.page.getByTitle('Assign (A)')

function take(who, id, agent) {
  return who.page.evaluate(
    async ([address, body]) => {
      window.token ??= (await (await fetch('/api/v1/session')).json()).csrf_token
      const answer = await fetch(address, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': window.token },
        body: JSON.stringify(body),
      })
      return answer.status
    },
    [`/api/v1/conversations/${id}`, { assignee_id: agent, was_assignee_id: null }],
  )
}

async function byPicker({ ann, bob, people }) {
  const pages = [
    [ann, people.ann],
    [bob, people.bob],
  ]
  for (const [who] of pages) await held(who).filter({ hasText: 'Assign' }).waitFor()
  const release = await hold([ann, bob], (request) => request.method() === 'PATCH')
  for (const [who, me] of pages) {
    await held(who).click()
    await who.page.getByRole('listbox').getByRole('option', { name: me.name }).click()
  }
  await release()
  const told = await until('one of them is told', async () => {
    for (const [who] of pages) if (await who.page.getByText('was faster and has it now').count()) return who
  })
  const winner = told === ann ? people.bob : people.ann
  await told.page.getByText(`${winner.name} was faster and has it now`).first().waitFor()
  for (const [who] of pages) await held(who).filter({ hasText: winner.name }).waitFor()
}

/** Each adds labels of their own, and all of them stay. */
export async function labels(story) {
  const { ann, bob, id, desk } = story
  const all = []
  for (const name of ['urgent', 'wholesale', 'gift', 'sample'])
    all.push(await desk.api('POST', '/labels', { name, color: '#1a2b3c' }))
  const release = await hold([ann, bob], (request) => request.method() === 'PATCH')
  for (const [who, name] of [
    [ann, 'urgent'],
    [bob, 'wholesale'],
  ]) {
    await who.page.getByRole('button', { name: 'Labels' }).first().click()
    await who.page.getByRole('listbox').getByRole('option', { name }).click()
    await who.page.keyboard.press('Escape')
  }
  await release()
  await until('both labels are there', async () => {
    const { labels: has } = await desk.api('GET', `/conversations/${id}`)
    return has.length === 2
  })
  for (const who of [ann, bob])
    for (const name of ['urgent', 'wholesale']) await who.row().getByTitle(name).first().waitFor()
}
