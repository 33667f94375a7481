import { guest } from '../lib/chat.mjs'
import { until } from '../lib/until.mjs'

const people = [
  ['سامي منصور', 'مرحبًا! هل وصل شاي الأولونغ؟ هاتفي +7 900 123-45-67'],
  ['نور الدين', 'متى يصل الطلب 8841؟'],
  [
    'Ivan Sokolov',
    'Hello! Is the 2016 pu-erh really back? I would take three cakes, if they are still there today.',
  ],
]

/** Three people write, one after the other, so that the list has an order. */
export async function guests(story) {
  const { items } = await story.desk.api('GET', '/accounts')
  story.chat = items.find((one) => one.kind === 'webchat').id
  for (const [at, [name, text]] of people.entries()) {
    await guest(story.url, story.chat, { name, language: 'ar' }, [text])
    await until(`${name} is in the list`, async () => (await story.desk.row().count()) === at + 1)
  }
}
