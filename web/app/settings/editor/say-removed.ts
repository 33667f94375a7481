import { errorText } from '#/inbox/actions'
import { say } from '#/ui/toast'

/** sayRemoved tells what is gone and offers it back; where that is refused, it says why and offers it again. */
export function sayRemoved(text: string, restore: () => Promise<unknown>): void {
  const undo = () =>
    void restore().catch((error) => {
      say(errorText(error), { tone: 'error', undo })
    })
  say(text, { undo })
}
