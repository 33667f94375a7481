/**
 * Measures how long a word takes from one page to another. All pages are of one browser on one machine, so they read the
 * same clock.
 */

/** From now on notes, in a frame, the moment of each press of Enter. */
export function notePresses(frame) {
  return frame.evaluate(() => {
    window.presses = []
    addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter') window.presses.push(performance.timeOrigin + event.timeStamp)
      },
      { capture: true },
    )
  })
}

/** From now on notes, in a page, the moment at which each of the texts first stands in its document. */
export function noteArrivals(page, texts) {
  return page.evaluate((awaited) => {
    const arrivals = {}
    window.arrivals = arrivals
    const look = () => {
      const shown = document.body.textContent
      for (const text of awaited)
        if (!(text in arrivals) && shown.includes(text))
          arrivals[text] = performance.timeOrigin + performance.now()
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    look()
  }, texts)
}

/** The last press noted in a frame. */
export const lastPress = (frame) => frame.evaluate(() => window.presses.at(-1))

/** When a text arrived in a page; waits until it has. */
export async function arrival(page, text) {
  const handle = await page.waitForFunction((awaited) => window.arrivals[awaited], text)
  return handle.jsonValue()
}

/** The middle of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
