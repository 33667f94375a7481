import { getPrefs } from '#/ui/prefs'
import { rowSelector } from './keep-focus'
import { keys, strokeOf } from './keys'

/** listenKeys sends presses to the bindings, except those that belong to a field, a dialog or a menu. */
export function listenKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || !getPrefs().keys || isCovered()) return
    if (event.target instanceof Element && isBusy(event.target, strokeOf(event))) return
    if (keys.press(event)) event.preventDefault()
  }
  addEventListener('keydown', onKeyDown)
  return () => removeEventListener('keydown', onKeyDown)
}

/** isCovered tells whether a dialog is open: what is behind it hears no key, whoever has the focus, and be it nobody. */
const isCovered = (): boolean => document.querySelector('[data-covers][data-open]') !== null

function isBusy(target: Element, stroke: string | null): boolean {
  if (target.closest('[role="dialog"], [role="menu"]')) return true
  if (target.closest('input, textarea, select, [contenteditable="true"]')) return !stroke?.startsWith('Mod+')
  // Enter and Space press the button that has the focus. A row leaves it to the keys, which may be one row ahead.
  if (stroke === 'Enter' && keys.bound(stroke) && target.matches(rowSelector)) return false
  return (stroke === 'Enter' || stroke === 'Space') && target.closest('button, a, summary') !== null
}
