import type { Lock } from './visitor'

/** Locks over all tabs where the browser has them (https and localhost), over this page alone where it has not. */
export function browserLock(): Lock {
  if (typeof navigator !== 'undefined' && navigator.locks)
    return (name, work) => navigator.locks.request(name, work) as ReturnType<typeof work>
  const last = new Map<string, Promise<unknown>>()
  return (name, work) => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work, work)
    last.set(name, mine)
    return mine
  }
}
