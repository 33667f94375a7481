import { inbox } from '#/live/store'
import { createKept } from '#/ui/kept'

/** Texts of messages that somebody has begun to change, by message. */
export const unsavedEdits = createKept<string>(
  'edit',
  () => sessionStorage,
  () => inbox.state.me,
)
