/**
 * The heights of mails that have been on the screen, so that one that comes back stands
 * at once as it stood before and nothing around it moves.
 */
const most = 500
const heights = new Map<string, number>()

export function knownHeight(key: string): number | undefined {
  return heights.get(key)
}

export function keepHeight(key: string, height: number): void {
  heights.delete(key)
  heights.set(key, height)
  const oldest = heights.size > most ? heights.keys().next().value : undefined
  if (oldest !== undefined) heights.delete(oldest)
}

/**
 * keepPlace moves the reader along when something above the window grows, in browsers
 * that do not do it of themselves.
 */
export function keepPlace(scroller: Element | null, element: Element, grown: number): void {
  if (!scroller || grown === 0 || CSS.supports('overflow-anchor', 'auto')) return
  if (element.getBoundingClientRect().top < scroller.getBoundingClientRect().top) scroller.scrollTop += grown
}
