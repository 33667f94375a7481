import type { Message } from '#/api/types'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { editMessage, loaded, shown } from './amend'

/**
 * changeMessage asks for another text; undone, it asks for the one before, unless the message was changed again since. What is
 * refused it returns.
 */
export async function changeMessage(
  message: Message,
  typed: string,
  before: string,
  marks: boolean,
): Promise<string | null> {
  const problem = await editMessage(message, typed, marks)
  const made = words()
  if (!problem) say(t('amend.changed'), { undo: () => void back() })
  return problem

  /** What the message says, as far as that is known here. */
  function words(): string | null {
    const now = loaded(message)
    return now ? JSON.stringify([shown(now).text, shown(now).html]) : null
  }

  async function back(): Promise<void> {
    const now = words()
    if (made !== null && now !== null && now !== made) {
      say(t('undo.late'), { tone: 'error' })
      return
    }
    const refused = await editMessage(message, before, marks)
    if (refused) say(refused, { tone: 'error' })
  }
}
