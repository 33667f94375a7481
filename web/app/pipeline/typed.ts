/** How a value stands in a field, and is read from it. */
export interface Form<V> {
  show: (value: V) => string
  read: (text: string) => V
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
export function toKeep<V>({ stored, seen, text, touched, sent }: Typed<V>, { show }: Form<V>): string | null {
  const typed = text.trim()
  return touched && !sent && typed !== show(stored) && typed !== show(seen) ? typed : null
}

export const sent = <V>(field: Typed<V>): Typed<V> => ({ ...field, touched: false, sent: true })

/** kept is a field whose value has been stored; what was typed since is over that. */
export function kept<V>(field: Typed<V>, value: V, form: Form<V>): Typed<V> {
  if (field.touched) return { ...field, sent: false, seen: value }
  return Object.is(field.stored, field.seen) ? { ...field, sent: false } : untouched(field.stored, form)
}

/** refused is a field whose value has not been stored: it stays as it was typed. */
export const refused = <V>(field: Typed<V>): Typed<V> => ({ ...field, sent: false, touched: true })
