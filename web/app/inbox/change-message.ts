import type { Message } from '#/api/types'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { editMessage } from './amend'

/** changeMessage asks for another text; undone, it asks for the one before. What is refused it returns. */
export async function changeMessage(
  message: Message,
  typed: string,
  before: string,
  marks: boolean,
): Promise<string | null> {
  const problem = await editMessage(message, typed, marks)
  if (!problem) say(t('amend.changed'), { undo: () => void back() })
  return problem

  async function back(): Promise<void> {
    const refused = await editMessage(message, before, marks)
    if (refused) say(refused, { tone: 'error' })
  }
}
