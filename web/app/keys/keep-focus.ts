import { getPrefs } from '#/ui/prefs'

/**
 * keepFocus gives whoever works without a mouse a place to be. After each key the focus goes with the row that the keys are at,
 * and a focus that was lost with what had it comes back there, or to the screen where there are no rows.
 */
export function keepFocus(): () => void {
  let last: Element | null = null
  const place = () => {
    const active = document.activeElement
    const lost = !active || active === document.body
    if (!lost && !active.matches(rowSelector)) return
    const row = getPrefs().keys ? document.querySelector<HTMLElement>(`${rowSelector}[data-cursor]`) : null
    if (row?.checkVisibility()) {
      if (row !== active) row.focus({ preventScroll: true })
    } else if (lost) focusScreen()
  }
  const onFocus = (event: FocusEvent) => {
    last = event.target instanceof Element ? event.target : null
  }
  // What had the focus may go long after the key that closed it. A dialog gives the focus back by itself, if it can.
  const gone = new MutationObserver(() => {
    if (!last || last.isConnected || document.activeElement !== document.body) return
    const row = last.matches(rowSelector)
    last = null
    if (row) place()
    else requestAnimationFrame(() => requestAnimationFrame(place))
  })
  gone.observe(document.body, { childList: true, subtree: true })
  // A list that closes may give the focus back to the field that keeps what is typed ahead, which hands it on to nobody.
  const onLeave = (event: FocusEvent) => {
    const from = event.target
    if (!event.relatedTarget && from instanceof HTMLElement && from.ariaHidden === 'true')
      queueMicrotask(place)
  }
  addEventListener('keyup', place)
  addEventListener('focusin', onFocus)
  addEventListener('focusout', onLeave)
  return () => {
    gone.disconnect()
    removeEventListener('focusout', onLeave)
    removeEventListener('keyup', place)
    removeEventListener('focusin', onFocus)
  }
}

/** A row of the list of conversations: there Enter opens the one that the keys are at. */
export const rowSelector = '[data-testid=conversation-row]'

/** focusScreen goes past the navigation: the next Tab reaches the first thing of the screen. */
export function focusScreen(): void {
  const main = document.querySelector('main')
  if (!main) return
  main.tabIndex = -1
  main.focus({ preventScroll: true })
}
