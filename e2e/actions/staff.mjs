import { hire, signIn } from '../lib/people.mjs'
import { until } from '../lib/until.mjs'

/** A visitor who can go on writing: `{ id, write }`, with the id of their conversation. */
async function visitor(story, name, text) {
  const call = async (path, body, token) => {
    const answer = await fetch(`${story.url}/chat/${story.chat.id}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  const { token } = await call('/visitors', { name })
  const write = (words) =>
    call('/messages', { client_id: crypto.randomUUID(), text: words, attachments: [] }, token)
  await write(text)
  const { items } = await story.desk.api('GET', `/conversations?q=${name}`)
  return { id: items[0].id, number: items[0].number, name, write }
}

/** Ann and Bob work here; four people have written. */
export async function visitors(story) {
  story.people = await hire(story.desk, ['Ann First', 'Bob Second'])
  const accounts = await story.desk.api('GET', '/accounts')
  story.chat = accounts.items.find((one) => one.kind === 'webchat')
  story.guests = {}
  for (const [name, text] of [
    ['Sam', 'Cheap watches, today only'],
    ['Petra', 'Is the blue teapot back?'],
    ['Frida', 'My parcel is late'],
    ['Lino', 'The parcel of my wife is late'],
  ])
    story.guests[name.toLowerCase()] = await visitor(story, name, text)
  story.ann = await signIn(story, 'ann')
  story.bob = await signIn(story, 'bob')
  await until('all have written', () =>
    story.ann
      .row()
      .count()
      .then((n) => n === 4),
  )
}
