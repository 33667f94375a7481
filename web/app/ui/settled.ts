import { useEffect, useState } from 'react'

/** How long the typing must rest before anybody is asked. */
const rest = 160

/** useSettled is a value that has stayed the same for a moment. */
export function useSettled<T>(value: T, time = rest): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), time)
    return () => clearTimeout(timer)
  }, [value, time])
  return settled
}
