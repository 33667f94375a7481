import { assertAccessible } from '../lib/axe.mjs'
import { assertFits, settled } from '../lib/fits.mjs'
import { DESKTOP, PHONE, takePicture } from '../lib/picture.mjs'
import { assertTargets } from '../lib/targets.mjs'

const theme = (page, name) =>
  page.evaluate((value) => {
    document.documentElement.dataset.theme = value
  }, name)

/** What was looked at whole: the navigation around a page is the same on the next one. */
const known = new WeakMap()

/** The part of a page that a line is about, or nothing for all of it. */
async function partOf(page, path) {
  const kinds = known.get(page) ?? new Set()
  known.set(page, kinds)
  const kind = path.split(/[/?]/)[1]
  if (!kinds.has(kind)) {
    kinds.add(kind)
    return undefined
  }
  for (const part of ['[role=dialog]', '[role=menu]', '[role=listbox]'])
    if (await page.locator(part).count()) return part
  return path.startsWith('/inbox/') ? 'main > :last-child' : 'main'
}

const pathOf = (story, [, path]) => (typeof path === 'function' ? path(story) : path)

/** Goes to a line of a table and does its steps. */
export async function reach(page, story, line, say) {
  await page.goto(`${story.url}${pathOf(story, line)}`)
  await settled(page)
  await line[2]?.(page, say)
  await settled(page)
}

/** Looks at a line of a table by day, by night and on a phone, without loading it anew. */
export async function lookAt(page, story, line, say) {
  const [name, , , after] = line
  await theme(page, 'light')
  await reach(page, story, line, say)
  const within = await partOf(page, pathOf(story, line))
  await assertAccessible(page, name, { within })
  await assertTargets(page, name)
  // What is empty has the colours of what is full.
  if (!name.startsWith('empty-')) {
    await theme(page, 'dark')
    await assertAccessible(page, `${name} at night`, { within, rules: ['color-contrast'] })
  }
  await page.setViewportSize(PHONE)
  await assertFits(page, `${name} on a phone`)
  await assertTargets(page, `${name} on a phone`)
  await page.setViewportSize(DESKTOP)
  await after?.(page, say, story)
}

/** Takes the pictures of a line in a language: wide and narrow, by day and by night. */
export async function shoot(page, story, line, say, language) {
  const [name, , , after] = line
  for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport)
    await theme(page, 'light')
    await reach(page, story, line, say)
    for (const shade of ['light', 'dark']) {
      await theme(page, shade)
      await takePicture(page, `${name}-${size}-${shade}-${language}`, process.env.E2E_LOOKS)
    }
    await after?.(page, say, story)
  }
}
