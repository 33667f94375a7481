/** The parts of the interface that only an open menu, list or dialog needs. */
export const loadMenu = () => import('./menu-popup')
export const loadPicker = () => import('./picker-popup')
export const loadPalette = () => import('#/shell/palette')
export const loadWhy = () => import('#/inbox/clock-why')
export const loadSessionEnded = () => import('#/shell/session-ended')

/** preloadPopups fetches them when the page has had time to settle, so that no first press waits. */
export function preloadPopups(): () => void {
  const timer = setTimeout(() => {
    // Without a network nothing comes; whoever needs one of them asks again.
    for (const load of [loadMenu, loadPicker, loadPalette, loadSessionEnded]) load().catch(() => undefined)
  }, 3_000)
  return () => clearTimeout(timer)
}
