import { useQueryClient } from '@tanstack/react-query'
import { say } from '#/ui/toast'
import { useForm } from './use-form'

interface Removal {
  /** What takes it away, and what writes it again as it was. */
  remove: () => Promise<unknown>
  again: () => Promise<unknown>
  /** What is said beside the way back. */
  said: string
}

/** useEditor is how a dialog saves its row of a list or removes it with a way back: the list is read again, the dialog closed. */
export function useEditor(queryKey: string[], onClose: () => void) {
  const queries = useQueryClient()
  const { busy, errors, run } = useForm()
  const reread = () => void queries.invalidateQueries({ queryKey })

  /** attempt says whether it went; what was wrong is in the errors then. */
  async function attempt(call: () => Promise<unknown>): Promise<boolean> {
    if ((await run(() => call().then(() => true))) === null) return false
    reread()
    onClose()
    return true
  }

  async function remove({ remove, again, said }: Removal): Promise<void> {
    if (await attempt(remove)) say(said, { undo: () => void again().then(reread) })
  }

  return { busy, errors, save: attempt, remove }
}
