import { useSyncExternalStore } from 'react'

/** The script that this page was started by; another version of the program has another one. */
const own = document.querySelector<HTMLScriptElement>('script[type=module][src*="/assets/"]')?.src

let newer = false
const listeners = new Set<() => void>()

/** lookForNewer asks the server for its page, and notes when that is no longer this one. */
export async function lookForNewer(): Promise<void> {
  if (newer || !own) return
  try {
    const answer = await fetch('/', { headers: { Accept: 'text/html' }, cache: 'no-store' })
    if (!answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const src = page.querySelector('script[type=module][src*="/assets/"]')?.getAttribute('src')
    if (!src || new URL(src, location.href).href === own) return
    newer = true
    for (const listener of listeners) listener()
  } catch {
    // The next time that the connection comes back it is looked at again.
  }
}

/** useNewer is true once the server has another version of this page. */
export function useNewer(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => newer,
  )
}
