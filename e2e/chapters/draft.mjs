import assert from 'node:assert/strict'

const begun = 'By the way, the jasmine pearls are'

/** What was being written is still there after a reload, also when the browser kept nothing. */
export async function draft({ desk }) {
  const saved = desk.page.waitForResponse(
    (answer) =>
      answer.url().endsWith('/draft') &&
      answer.request().method() === 'PUT' &&
      answer.request().postData().includes(begun) &&
      answer.ok(),
  )
  await desk.composer.fill(begun)
  await saved
  await desk.page.evaluate(() => localStorage.clear())
  await desk.page.reload()
  await desk.composer.waitFor()
  await desk.page.waitForFunction(
    (text) => document.querySelector('[data-testid=composer-input]')?.value === text,
    begun,
  )
  const removed = desk.page.waitForResponse(
    (answer) => answer.url().endsWith('/draft') && answer.request().method() === 'DELETE',
  )
  await desk.composer.fill('')
  assert.ok((await removed).ok())
}
