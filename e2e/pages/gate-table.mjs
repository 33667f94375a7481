import { press } from './steps.mjs'

/** The pages of whoever is not signed in, as in the table of the desk. */
export const gateTable = [
  ['sign-in', '/sign-in'],
  ['sign-in-refused', '/sign-in', wrong],
  ['forgot', '/forgot'],
  ['join', ({ invitation }) => `/join#${invitation}`],
  ['join-gone', '/join#nothing-like-it'],
  ['reset', '/reset#nothing-like-it'],
  ['setup', '/setup'],
]

async function wrong(page, say) {
  await page.getByLabel(say('person.email')).fill('nobody@tea.example')
  await page.getByLabel(say('person.password')).fill('not the password')
  await press('signIn.submit')(page, say)
  await page.getByRole('alert').first().waitFor()
}
