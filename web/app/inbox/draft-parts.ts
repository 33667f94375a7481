import type { Attachment, ID } from '#/api/types'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { drafts, type Words } from './draft'

/** dropFile takes a file out of what is being written; undone, it is there again, unless that has left since. */
export function dropFile(id: ID, file: Attachment): void {
  const without = () => drafts.get(id).attachments.filter((one) => one.id !== file.id)
  drafts.edit(id, { attachments: without() })
  const round = drafts.round(id)
  const undo = () => {
    if (drafts.round(id) !== round) late()
    else drafts.edit(id, { attachments: [...without(), file] })
  }
  say(t('draft.fileDropped', { name: file.name || t('file.unnamed') }), { undo })
}

/** dropOther puts away what another window holds for a conversation; undone, it is offered again, unless newer words have come. */
export function dropOther(id: ID, other: Words): void {
  drafts.edit(id, { other: null })
  const undo = () => {
    // The newer ones may be nowhere else.
    if (drafts.get(id).other) late()
    else drafts.edit(id, { other })
  }
  say(t('draft.otherDropped'), { undo })
}

const late = () => say(t('undo.late'), { tone: 'error' })
