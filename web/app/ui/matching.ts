/**
 * matches says whether an option is meant by what was typed: every word of it begins, or stands within, a word of the
 * option's name or of the plain words it is also known by. The letters ё and е are one, as people write them.
 */
export function matches(option: { name: string; words?: string }, typed: string): boolean {
  const name = fold(option.name)
  const query = fold(typed)
  if (name.includes(query)) return true
  if (!option.words) return false
  const known = `${name} ${fold(option.words)}`.split(/\s+/u)
  return query.split(/\s+/u).every((part) => known.some((word) => word.startsWith(part)))
}

const fold = (text: string): string => text.trim().toLowerCase().replaceAll('ё', 'е')
