import assert from 'node:assert/strict'

const layout = { KeyJ: 'ت', KeyR: 'ق', Enter: 'Enter' }

/** Presses a key of an Arabic keyboard: its place is that of a Latin one, what it writes is not. */
async function press(devtools, code) {
  const key = layout[code]
  const shared = { code, key, windowsVirtualKeyCode: code === 'Enter' ? 13 : code.charCodeAt(3) }
  await devtools.send('Input.dispatchKeyEvent', {
    type: 'keyDown',
    ...shared,
    ...(key.length === 1 && { text: key }),
  })
  await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...shared })
}

/** j, j, j, Enter opens the third conversation; r goes into the answer, and the Arabic letter after it stands there. */
export async function keyboard(story) {
  const { page, context } = story.desk
  await page.goto(`${story.url}/inbox?view=all`)
  await story.desk.row().nth(2).waitFor()
  const third = await story.desk.row().nth(2).getAttribute('href')
  const devtools = await context.newCDPSession(page)
  for (const code of ['KeyJ', 'KeyJ', 'KeyJ', 'Enter']) await press(devtools, code)
  await story.desk.composer.waitFor()
  assert.equal(new URL(page.url()).pathname, new URL(third, story.url).pathname)
  await press(devtools, 'KeyR')
  await page.waitForFunction(() => document.activeElement?.dataset.testid === 'composer-input')
  await press(devtools, 'KeyJ')
  assert.equal(await story.desk.composer.inputValue(), 'ت')
  await story.desk.composer.fill('')
}
