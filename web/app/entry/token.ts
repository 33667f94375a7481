import { useState } from 'react'

/**
 * useToken takes the secret of a link from behind the # and removes it from the address
 * bar: it never reaches a server log, and history does not keep it.
 */
export function useToken(): string {
  const [token] = useState(() => {
    const value = decodeURIComponent(location.hash.slice(1)) || String(history.state?.parleyToken ?? '')
    if (location.hash) {
      history.replaceState({ ...history.state, parleyToken: value }, '', location.pathname)
    }
    return value
  })
  return token
}
