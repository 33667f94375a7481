import assert from 'node:assert/strict'

/** The least width and height of what is pressed (WCAG 2.5.8), in CSS pixels. */
const LEAST = 24

/** Fails when something to press is too small for a finger. A link within a sentence may be as low as its line. */
export async function assertTargets(page, what) {
  const small = await page.evaluate((least) => {
    const pressed =
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=checkbox], [role=switch], [role=menuitem], [role=menuitemradio], [role=option], [role=tab]'
    const shown = (node) =>
      node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      !node.closest('[inert], [aria-hidden=true]')
    const found = []
    for (const node of document.querySelectorAll(pressed)) {
      if (!shown(node) || node.disabled) continue
      const boxes = [node, ...(node.labels ?? [])].map((one) => one.getBoundingClientRect())
      // Clipped to a pixel it is there for screen readers; what is pressed then is its label.
      const [own] = boxes
      if ((own.width <= 1 && own.height <= 1) || getComputedStyle(node).clipPath === 'inset(50%)') continue
      if (
        getComputedStyle(node).display === 'inline' &&
        node.parentElement.textContent.trim() !== node.textContent.trim()
      )
        continue
      if (boxes.some(({ width, height }) => width >= least - 0.5 && height >= least - 0.5)) continue
      found.push(`${Math.round(own.width)}×${Math.round(own.height)} ${node.outerHTML.slice(0, 160)}`)
    }
    return found
  }, LEAST)
  assert.deepEqual(small, [], `too small to press on ${what}`)
}
