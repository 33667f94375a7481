import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { createWriting } from './write-store'

/** The one new mail of this page. */
export const writing = createWriting(
  () => localStorage,
  () => inbox.state.me,
  (name) => say(t('write.aside', { name: name || '…' })),
)
