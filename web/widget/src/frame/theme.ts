import { darkInk, safeColor } from '../shared/color'

/** Gives the page the account's colour, and ink on it that can be read. Set by script, which the policy on styles allows. */
export function paint(root: HTMLElement, color: unknown): void {
  const accent = safeColor(color)
  root.style.setProperty('--accent', accent)
  root.style.setProperty('--ink', darkInk(accent) ? '#111' : '#fff')
}
