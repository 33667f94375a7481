import { t } from '#/text/text'

/** What is wrong with the fields of a form, by their names; `first` is where to begin. */
interface Unfit {
  errors: Record<string, string>
  first: HTMLInputElement | undefined
}

/** unfit looks at a form's fields as the browser does, and says what is wrong in the page's language. */
export function unfit(form: HTMLFormElement): Unfit {
  const fields = [...form.elements].filter((one) => one instanceof HTMLInputElement)
  const wrong = fields.filter((field) => !field.validity.valid)
  // An address or a password goes by its kind.
  const named = wrong.map((field): [string, string] => [field.name || field.type, complaint(field)])
  return { errors: Object.fromEntries(named), first: wrong[0] }
}

function complaint({ validity, minLength }: HTMLInputElement): string {
  if (validity.valueMissing) return t('entry.missing')
  if (validity.tooShort) return t('entry.short', { n: minLength })
  return t('entry.address')
}
