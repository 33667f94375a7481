import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

export const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1440, height: 900 }

/** Takes a picture of what a page shows, where pictures are asked for: those of the README unless a folder is named. */
export async function takePicture(page, name, folder = process.env.E2E_PICTURES) {
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' })
}

/**
 * Pictures for whoever looks at the pages: at the width of a desk, and at that of a phone, which must not scroll sideways.
 * `at` is what has to be in sight there.
 */
export async function takeBoth(page, name, at) {
  const folder = process.env.E2E_LOOKS
  await takePicture(page, name, folder)
  await page.setViewportSize(PHONE)
  await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth)
  await at?.scrollIntoViewIfNeeded()
  await takePicture(page, `${name}-phone`, folder)
  await page.setViewportSize(DESKTOP)
}
