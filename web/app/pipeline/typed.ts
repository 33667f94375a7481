/** How a value stands in a field, and is read from it. */
export interface Form<V> {
  show: (value: V) => string
  read: (text: string) => V
  /** An empty field says nothing: what is stored stays. */
  required?: boolean
}

/**
 * A field whose words are kept when it is left: what is stored, what stands in it, whether somebody is typing over it
 * or it is on its way to the server, and what was stored when the typing began.
 */
export interface Typed<V> {
  stored: V
  text: string
  seen: V
  touched: boolean
  sent: boolean
}

export const untouched = <V>(stored: V, { show }: Form<V>): Typed<V> => ({
  stored,
  text: show(stored),
  seen: stored,
  touched: false,
  sent: false,
})

/** follow takes what is stored by now; a text that somebody is typing stays, whatever a colleague has stored meanwhile. */
export function follow<V>(field: Typed<V>, stored: V, form: Form<V>): Typed<V> {
  if (Object.is(field.stored, stored)) return field
  return field.touched || field.sent ? { ...field, stored } : untouched(stored, form)
}

export const type = <V>(field: Typed<V>, text: string): Typed<V> => ({
  ...field,
  text,
  touched: true,
  seen: field.touched || field.sent ? field.seen : field.stored,
})

/** toKeep is what to store when the field is left; null when nothing in it waits for that. */
export function toKeep<V>(field: Typed<V>, { show, required }: Form<V>): string | null {
  const { stored, seen, text, touched, sent } = field
  const typed = text.trim()
  if (required && typed === '') return null
  return touched && !sent && typed !== show(stored) && typed !== show(seen) ? typed : null
}

export const sent = <V>(field: Typed<V>): Typed<V> => ({ ...field, touched: false, sent: true })

/** kept is a field whose value has been stored; what was typed since is over that. */
export function kept<V>(field: Typed<V>, value: V, form: Form<V>): Typed<V> {
  if (field.touched) return { ...field, sent: false, stored: value, seen: value }
  return Object.is(field.stored, field.seen) ? { ...field, sent: false } : untouched(field.stored, form)
}

/** refused is a field whose value has not been stored: it stays as it was typed. */
export const refused = <V>(field: Typed<V>): Typed<V> => ({ ...field, sent: false, touched: true })

/** resend is what to send after a text that was stored, or instead of one that was not; null when there is nothing else. */
export function resend<V>(field: Typed<V>, text: string | null, form: Form<V>): string | null {
  const next = toKeep(field, form)
  return next === text ? null : next
}

/** What is worth keeping of a field until its words are stored. */
export interface Unsaved<V> {
  text: string
  seen: V
}

export const unsaved = <V>({ text, seen, touched, sent }: Typed<V>): Unsaved<V> | null =>
  touched || sent ? { text, seen } : null

/** restored is a field with the words that were never stored: they are still a change of what was seen then. */
export function restored<V>(stored: V, left: Unsaved<V> | null, form: Form<V>): Typed<V> {
  const field = untouched(stored, form)
  if (left === null) return field
  const typed = { ...field, ...left, touched: true }
  return toKeep(typed, form) === null ? field : typed
}
