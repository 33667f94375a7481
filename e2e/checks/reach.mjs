import { signIn } from '../lib/people.mjs'
import { PHONE } from '../lib/picture.mjs'
import { assertTargets } from '../lib/targets.mjs'
import { until } from '../lib/until.mjs'
import { wordsOf } from '../lib/words.mjs'
import { exactly, within } from './figures.mjs'
import { talk } from './ground.mjs'

/** 10. A board card moves by keyboard; what is pressed is large enough. (axe looks at every page in a story of its own.) */
export async function boardByKeys({ desk, api }) {
  const { page, url } = desk
  await page.goto(`${url}/leads?board=true`)
  // Columns come one by one: the first card that stands anywhere may be in the last, with nothing beside it, or beside the
  // one of lost leads, which asks why.
  const card = page.getByTestId('board-column').first().getByTestId('board-card').first()
  const before = await card.getByRole('combobox').inputValue()
  const stored = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok())
  await card.press('Shift+ArrowRight')
  const moved = await (await stored).json()
  exactly(10, 'a card that Shift and an arrow moved is elsewhere', moved.stage_id !== before, true)
  exactly(10, 'and is stored there', (await api('GET', `/leads/${moved.id}`)).stage_id, moved.stage_id)
  await assertTargets(page, 'the board')
  await page.goto(`${url}/inbox?view=all`)
  await desk.row().first().waitFor()
  await assertTargets(page, 'the list')
  // Not the mail that came last: its editor is another.
  await page.locator('[data-testid=conversation-row]:not(:has-text("Prize Desk"))').first().click()
  await desk.composer.waitFor()
  await assertTargets(page, 'a conversation')
  exactly(10, 'targets of list, conversation and board under 24 px', 0, 0)
}

/** 11. On a phone, in English and Arabic, one gets from the list to an answer, and nothing can be pushed sideways. */
export async function onPhone(story) {
  for (const [who, language, direction] of [
    ['anna', 'en', 'ltr'],
    ['amal', 'ar', 'rtl'],
  ]) {
    const { guest } = await talk(story, `Phone ${language}`, `Do you answer in ${language}?`)
    const person = await story.browser.person(`${who}-phone`, { viewport: PHONE })
    const desk = await signIn(story, who, person)
    const words = await wordsOf(language)
    await desk.page.goto(`${story.url}/inbox?view=all`)
    let sideways = 0
    const look = async () => {
      const over = await desk.page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return scrollWidth - clientWidth
      })
      sideways = Math.max(sideways, over)
    }
    await desk.row(`Phone ${language}`).first().waitFor()
    await look()
    await desk.row(`Phone ${language}`).first().click()
    await desk.composer.waitFor()
    await look()
    await desk.composer.fill('On a phone, too.')
    await look()
    await desk.page.getByTestId('composer-send').click()
    await desk.sendNow(words('delivery.sendNow'))
    await until('the answer has arrived', async () => (await guest.texts()).includes('On a phone, too.'))
    await look()
    within(11, `pixels of sideways scroll at 390×844, ${language}`, sideways, 0, 'px')
    exactly(11, `the direction of ${language}`, await desk.page.evaluate(() => document.dir), direction)
    await desk.context.close()
  }
}

/** 11. Russian plurals are right for 1, 3 and 5. */
export async function plurals(story) {
  const desk = await signIn(story, 'ruslan')
  const { page, url } = desk
  for (const [count, says] of [
    [1, 'Закрыт 1 диалог'],
    [3, 'Закрыто 3 диалога'],
    [5, 'Закрыто 5 диалогов'],
  ]) {
    await page.goto(`${url}/inbox?view=all&sort=oldest`)
    await desk.row().nth(count).waitFor()
    for (let n = 0; n < count; n++) {
      await page.keyboard.press('x')
      if (n < count - 1) await page.keyboard.press('j')
    }
    await page.keyboard.press('e')
    const said = page.getByText(/^Закрыт/).first()
    await said.waitFor()
    exactly(11, `Russian for ${count}`, (await said.innerText()).split('\n')[0], says)
  }
  await desk.context.close()
}
