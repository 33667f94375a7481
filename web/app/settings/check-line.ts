import { Problem } from '#/api/problem'
import { errorText } from '#/inbox/actions'
import { locale, t } from '#/text/text'

/** A field that a form marks as wrong: what it is called, and what is said at it. */
export interface Marked {
  name: string
  text: string
}

/** checkLine is what the end of a form says: which fields to look at by their names, and what is wrong besides those. */
export function checkLine(error: unknown, marked: Marked[]): string {
  if (!(error instanceof Problem) || !error.ofFields || marked.length === 0) return errorText(error)
  const names = [...new Set(marked.map((field) => field.name))]
  const said = new Set(marked.map((field) => field.text))
  const besides = Object.values(error.fields).filter((text) => !said.has(text))
  const list = new Intl.ListFormat(locale()).format(names)
  return [t('common.checkFields', { names: list }), ...new Set(besides)].join(' ')
}

/** markedIn reads off a form what it marks as wrong, in the order of the form. */
export function markedIn(form: HTMLElement): { field: HTMLElement; marked: Marked }[] {
  return [...form.querySelectorAll<HTMLInputElement>('[aria-invalid=true]')].map((field) => {
    const name = field.labels?.[0]?.textContent || field.ariaLabel || ''
    const more = document.getElementById(field.getAttribute('aria-describedby') ?? '')
    return { field, marked: { name, text: more?.textContent ?? '' } }
  })
}
