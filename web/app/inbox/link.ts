import { links } from '#/api/links'
import type { ID } from '#/api/types'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { errorText } from './actions'

/** link and unlink say what they did, and each takes the other back. */
export async function link(id: ID, other: ID, number: string, done: () => void): Promise<void> {
  try {
    await links.add(id, other)
    done()
    say(t('link.done', { number }), { undo: () => void unlink(id, other, number, done) })
  } catch (error) {
    say(errorText(error), { tone: 'error' })
  }
}

export async function unlink(id: ID, other: ID, number: string, done: () => void): Promise<void> {
  try {
    await links.remove(id, other)
    done()
    say(t('link.undone', { number }), { undo: () => void link(id, other, number, done) })
  } catch (error) {
    say(errorText(error), { tone: 'error' })
  }
}
