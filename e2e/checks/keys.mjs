import { exactly } from './figures.mjs'
import { openAll, talk } from './ground.mjs'

/** Presses a key as a Russian layout does: the code is the place on the board, the letter another. */
function russian(page) {
  const letters = { KeyJ: 'о', KeyR: 'к' }
  return async (session, code) => {
    const key = letters[code]
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', code, key, text: key })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', code, key })
    await page.evaluate(() => {})
  }
}

/** 1. j, j, Enter under a Russian layout opens the third conversation. */
export async function thirdByKeys({ desk }) {
  const { page } = desk
  await openAll(desk, '?view=all')
  const third = await page
    .locator('li[aria-posinset="3"]')
    .getByTestId('conversation-row')
    .getAttribute('data-id')
  const press = russian(page)
  const session = await page.context().newCDPSession(page)
  await press(session, 'KeyJ')
  await press(session, 'KeyJ')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/inbox\/\d+/)
  exactly(1, 'j, j, Enter under a Russian layout opens', new URL(page.url()).pathname, `/inbox/${third}`)
  await session.detach()
}

/**
 * 2. `r` and typing at once keeps every character, on a page whose editor has not been fetched yet; also on a slow computer,
 * where the letters come while it is being drawn.
 */
export async function typedAtOnce(story) {
  const { desk } = story
  const { page } = desk
  const { conversation } = await talk(story, 'Quick Reader', 'Is the kettle still to be had?')
  const words = 'Yes, in red and in blue; which one shall we send you?'
  const session = await page.context().newCDPSession(page)
  for (const slower of [1, 4]) {
    await page.goto(`${story.url}/inbox?view=all`)
    await desk.row('Quick Reader').first().waitFor()
    await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
    await page.keyboard.press('r')
    await page.keyboard.type(words)
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await page.waitForFunction(
      (last) => document.querySelector('[data-testid=composer-input]')?.value?.endsWith(last),
      words.slice(-1),
    )
    const what = `characters typed right after r that are kept, ${slower} times slower`
    exactly(2, what, await kept(desk, words), words.length)
    exactly(2, 'the conversation they are in', new URL(page.url()).pathname, `/inbox/${conversation.id}`)
    await desk.composer.fill('')
  }
  await session.detach()
}

/** How many characters of the beginning of some words the composer holds. */
async function kept(desk, words) {
  const value = await desk.composer.inputValue()
  let same = 0
  while (same < words.length && value[same] === words[same]) same++
  return value.length > words.length ? value.length : same
}
