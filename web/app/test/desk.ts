import { vi } from 'vitest'

type Answer = (method: string, path: string, body: Record<string, unknown>) => unknown

/**
 * stubDesk puts a server and a browser's shelf in the place of real ones. It returns what is asked of the server that changes
 * anything, as it is asked: method, path and body. An answer that is a Response is given as it is.
 */
export function stubDesk(answer: Answer): string[] {
  const asked: string[] = []
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (at: number) => [...kept.keys()][at] ?? null,
    get length() {
      return kept.size
    },
  })
  vi.stubGlobal('document', { hidden: true })
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = url.replace('/api/v1', '').replace(/\?.*/, '')
    const method = init.method ?? 'GET'
    if (method !== 'GET') asked.push(`${method} ${path}${init.body ? ` ${init.body}` : ''}`)
    const body = init.body ? JSON.parse(String(init.body)) : {}
    const said = answer(method, path, body)
    return said instanceof Response ? said : new Response(JSON.stringify(said))
  })
  return asked
}
