import { joined } from '#/api/joined'
import type { ID } from '#/api/types'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { errorText } from './actions'

/** What is to become part of a conversation, or to leave it. */
interface Part {
  id: ID
  number: number
}

/** join makes another conversation a part of this one; separate takes that back. Each can be undone by the other. */
export async function join(id: ID, part: Part, done: () => void): Promise<void> {
  try {
    const { merge_id } = await joined.merge(id, part.id)
    done()
    const undo = () => void separate(id, part, merge_id, done)
    say(t('joined.done', { number: part.number }), { undo })
  } catch (error) {
    say(errorText(error), { tone: 'error' })
  }
}

export async function separate(id: ID, part: Part, merge: ID, done: () => void): Promise<void> {
  try {
    await joined.unmerge(merge)
    done()
    say(t('joined.separated', { number: part.number }), { undo: () => void join(id, part, done) })
  } catch (error) {
    say(errorText(error), { tone: 'error' })
  }
}
