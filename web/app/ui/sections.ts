import type { MenuItem } from './menu'

export interface Section {
  /** What its items have in common; nothing where that needs no word. */
  name: string
  items: MenuItem[]
}

/** sections divides a menu where its groups change, and before what is dangerous. */
export function sections(items: MenuItem[]): Section[] {
  const out: Section[] = []
  for (const item of items) {
    const last = out.at(-1)
    const name = item.group ?? ''
    if (last?.name === name && Boolean(last.items[0]?.danger) === Boolean(item.danger)) last.items.push(item)
    else out.push({ name, items: [item] })
  }
  return out
}
