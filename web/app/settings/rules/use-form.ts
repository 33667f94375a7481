import { useState } from 'react'
import { Problem } from '#/api/problem'
import { errorText } from '#/inbox/actions'

/**
 * useForm runs what may be refused, and keeps what was wrong by the path of the field. known says that a refusal
 * is told elsewhere.
 */
export function useForm(known: (error: unknown) => boolean = () => false) {
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<Record<string, string>>({})

  async function run<T>(call: () => Promise<T>): Promise<T | null> {
    setBusy(true)
    setErrors({})
    try {
      return await call()
    } catch (error) {
      if (known(error)) return null
      const fields = error instanceof Problem ? error.fields : {}
      // What was tried but not saved stands one level deeper.
      const placed = Object.entries(fields).map(([path, text]) => [path.replace(/^trigger\./, ''), text])
      setErrors(placed.length > 0 ? Object.fromEntries(placed) : { '': errorText(error) })
      return null
    } finally {
      setBusy(false)
    }
  }

  /** forget takes what was wrong with a field back, for it is being written anew. */
  const forget = (field: string) =>
    setErrors((old) => Object.fromEntries(Object.entries(old).filter(([path]) => path !== field)))

  return { busy, errors, run, forget }
}
