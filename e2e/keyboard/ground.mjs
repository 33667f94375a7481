import { admin } from '../chapters/first-run.mjs'
import { guest } from '../lib/chat.mjs'
import { Desk } from '../lib/desk.mjs'
import { hands } from './hands.mjs'

const people = ['Vera', 'Ivan', 'Olga', 'Tom', 'Priya', 'Amir']

/** Six people have written, the last of them stands first; then somebody comes to work. */
export async function ground(story) {
  const { desk, url, browser } = story
  const accounts = await desk.api('GET', '/accounts')
  const chat = accounts.items.find((one) => one.kind === 'webchat')
  for (const name of people) await guest(url, chat.id, { name }, [`It is ${name}, is the tea there?`])
  await desk.api('POST', '/labels', { name: 'Tea', color: '#0f766e' })

  const person = await browser.person('keyboard')
  story.keys = new Desk(person, url)
  story.hands = hands(person.page)
  const { page } = person
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Email').waitFor()
  await story.hands.tabTo(page.getByLabel('Email'))
  await story.hands.type(admin.email)
  await story.hands.press('Tab')
  await story.hands.tabTo(page.getByLabel('Password'))
  await story.hands.type(admin.password)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/inbox')
  await story.keys.row('Vera').waitFor()
}
