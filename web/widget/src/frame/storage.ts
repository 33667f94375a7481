/** What the chat keeps between pages. Never throws. */
export interface Store {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
  /** Every key that starts with `prefix`, in lexical order. */
  keys(prefix: string): string[]
}

/**
 * A Store over localStorage that goes on in memory where the browser refuses it (blocked or full): the chat then works
 * until the page is left, instead of not at all.
 */
export function browserStore(area: () => Storage): Store {
  const memory = new Map<string, string>()
  const attempt = <T>(use: (storage: Storage) => T, otherwise: T): T => {
    try {
      return use(area())
    } catch {
      return otherwise
    }
  }
  return {
    get: (key) => memory.get(key) ?? attempt((storage) => storage.getItem(key), null),
    set: (key, value) => {
      const stored = attempt((storage) => {
        storage.setItem(key, value)
        return true
      }, false)
      if (stored) memory.delete(key)
      else memory.set(key, value)
    },
    remove: (key) => {
      memory.delete(key)
      attempt((storage) => storage.removeItem(key), undefined)
    },
    keys: (prefix) => {
      const stored = attempt((storage) => Object.keys(storage), [] as string[])
      return [...new Set([...stored, ...memory.keys()])].filter((key) => key.startsWith(prefix)).sort()
    },
  }
}

/** Reads JSON that an older version, or a curious visitor, may have written. */
export function readJson<T>(store: Store, key: string): T | null {
  try {
    return JSON.parse(store.get(key) ?? 'null') as T | null
  } catch {
    return null
  }
}
