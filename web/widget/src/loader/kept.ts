/** A store that may be refused (private windows, blocked cookies): then nothing is kept and nothing breaks. */
export function kept(area: () => Storage, key: string): { get(): string | null; set(value: string): void } {
  return {
    get: () => {
      try {
        return area().getItem(key)
      } catch {
        return null
      }
    },
    set: (value) => {
      try {
        area().setItem(key, value)
      } catch {}
    },
  }
}
