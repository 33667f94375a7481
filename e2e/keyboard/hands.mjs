import assert from 'node:assert/strict'
import { pressRussian } from '../lib/russian.mjs'
import { until } from '../lib/until.mjs'

/** What has the focus, in a few words; nothing when it is lost. */
const holder = (page) =>
  page.evaluate(() => {
    const one = document.activeElement
    if (!one || one === document.body) return null
    return `${one.tagName.toLowerCase()} ${one.getAttribute('aria-label') ?? one.textContent.trim().slice(0, 40)}`
  })

/** Hands that know no mouse. After each press something must have the focus. */
export function hands(page) {
  const held = (after) => until(`the focus is somewhere after ${after}`, () => holder(page))
  return {
    holder: () => holder(page),
    /** Presses keys of a Latin layout. */
    async press(...keys) {
      for (const key of keys) {
        await page.keyboard.press(key)
        await held(key)
      }
    },
    /** Presses keys of a Russian layout, by their places. */
    async russian(...codes) {
      for (const code of codes) {
        const [, shift, place] = /^(Shift\+)?(\w+)$/.exec(code)
        await pressRussian(page, place, { shift: Boolean(shift) })
        await held(code)
      }
    },
    type: (text) => page.keyboard.type(text),
    /** Goes on by Tab until something has the focus. */
    async tabTo(locator, { back = false, most = 80 } = {}) {
      await locator.waitFor()
      for (let at = 0; at < most; at++) {
        if (await locator.evaluate((node) => node === document.activeElement)) {
          assert.ok(await locator.evaluate((node) => node.matches(':focus-visible')), 'the focus can be seen')
          return
        }
        await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
      }
      throw new Error(`${locator} is not reached by ${most} presses of Tab; at ${await holder(page)}`)
    },
    /** Waits until something has the focus by itself. */
    at: (locator, what) =>
      until(`${what} has the focus`, () =>
        locator
          .first()
          .evaluate((node) => node === document.activeElement)
          .catch(() => false),
      ),
  }
}
