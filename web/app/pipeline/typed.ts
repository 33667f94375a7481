/** A field whose words are kept when it is left: what is stored, what stands in it, and whether somebody is typing over it. */
export interface Typed {
  stored: string
  text: string
  touched: boolean
}

export const untouched = (stored: string): Typed => ({ stored, text: stored, touched: false })

/** follow takes what is stored by now; a text that somebody is typing stays, whatever a colleague has stored meanwhile. */
export function follow(field: Typed, stored: string): Typed {
  if (field.stored === stored) return field
  return field.touched ? { ...field, stored } : untouched(stored)
}

export const type = (field: Typed, text: string): Typed => ({ ...field, text, touched: true })

/** toKeep is what to store when the field is left; null when nothing in it waits for that. */
export function toKeep({ stored, text, touched }: Typed): string | null {
  return touched && text.trim() !== stored ? text.trim() : null
}
