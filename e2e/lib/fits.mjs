import assert from 'node:assert/strict'

/** Waits until a page shows what it has to show. */
export async function settled(page) {
  await page.locator(':is(main, [role=log]):visible').first().waitFor()
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'))
}

/** Fails when a page can be pushed sideways; what opens beside a button may need a moment to find its place. */
export async function assertFits(page, what) {
  const fits = () => document.documentElement.scrollWidth <= innerWidth
  await page.waitForFunction(fits).catch(async () => {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(over <= 0, `${what} is ${over} pixels too wide`)
  })
}
