import { useLayoutEffect } from 'react'

/**
 * useSuggests tells screen readers, while a list stands above the text being written, which of its options Enter
 * would take. The text keeps the focus, be it a plain field or the editor of mails.
 */
export function useSuggests(list: string, option: string | undefined): void {
  useLayoutEffect(() => {
    const text = document.activeElement
    if (!option || !(text instanceof HTMLElement) || !text.matches('textarea, [contenteditable="true"]'))
      return
    const said = { 'aria-autocomplete': 'list', 'aria-controls': list, 'aria-activedescendant': option }
    for (const [name, value] of Object.entries(said)) text.setAttribute(name, value)
    return () => {
      for (const name of Object.keys(said)) text.removeAttribute(name)
    }
  }, [list, option])
}
