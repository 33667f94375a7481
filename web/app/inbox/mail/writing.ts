import { inbox } from '#/live/store'
import { createWriting } from './write-store'

/** The one new mail of this page. */
export const writing = createWriting(
  () => localStorage,
  () => inbox.state.me,
)
